/** A way to name an account without its id. */
export type Reference =
  | { readonly accountRef: { readonly system: string; readonly id: string } }
  | { readonly accountDomain: string }
  | { readonly userId: string }
  | { readonly anonymousId: string };

/**
 * A reference as one text, the key of caches and tables: `ref:<system>:<id>`, `domain:<domain>`, `user:<id>`,
 * `anonymous:<id>`. Systems and domains are compared without case, ids with it.
 */
export type ReferenceKey = string;

export const userKey = (userId: string): ReferenceKey => `user:${userId}`;
export const anonymousKey = (anonymousId: string): ReferenceKey => `anonymous:${anonymousId}`;
export const domainKey = (domain: string): ReferenceKey => `domain:${normalDomain(domain)}`;

/** Whether the key is a user's, whose account depends on the time. */
export const isUserKey = (key: ReferenceKey): boolean => key.startsWith('user:') || key.startsWith('anonymous:');

export function refKey(system: string, id: string): ReferenceKey {
  // encodeURIComponent keeps ":" out of the system, so that a key is read back in one way only.
  const name = system.trim().toLowerCase();
  return `ref:${encodeURIComponent(name)}:${normalRefId(name, id.trim())}`;
}

export function referenceKey(reference: Reference): ReferenceKey {
  if ('accountRef' in reference) return refKey(reference.accountRef.system, reference.accountRef.id);
  if ('accountDomain' in reference) return domainKey(reference.accountDomain);
  if ('userId' in reference) return userKey(reference.userId.trim());
  return anonymousKey(reference.anonymousId.trim());
}

/** The reference that a key was made of. Throws on a text that is no key. */
export function readReferenceKey(key: ReferenceKey): Reference {
  const colon = key.indexOf(':');
  const rest = key.slice(colon + 1);
  switch (key.slice(0, colon)) {
    case 'domain':
      return { accountDomain: rest };
    case 'user':
      return { userId: rest };
    case 'anonymous':
      return { anonymousId: rest };
    case 'ref': {
      const end = rest.indexOf(':');
      return { accountRef: { system: decodeURIComponent(rest.slice(0, end)), id: rest.slice(end + 1) } };
    }
    default:
      throw new Error(`Not a reference key: ${key}`);
  }
}

/** Salesforce's 18-character id is its 15-character one with a checksum: both name the same thing. */
function normalRefId(system: string, id: string): string {
  return system === 'salesforce' && /^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(id) ? id.slice(0, 15) : id;
}

/** `https://www.Acme.com/about` and `acme.com.` are both `acme.com`. */
export function normalDomain(text: string): string {
  const host =
    text
      .trim()
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .split(/[/?#]/, 1)[0] ?? '';
  return host
    .replace(/:\d+$/, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '');
}

/** Where anybody can have an address: such a domain says nothing about the account. */
const publicMail = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com ' +
    'aol.com proton.me protonmail.com gmx.com gmx.de gmx.net web.de mail.com mail.ru yandex.ru yandex.com qq.com ' +
    '163.com 126.com zoho.com fastmail.com hey.com t-online.de orange.fr free.fr laposte.net libero.it'
  ).split(' '),
);

/** The domain of an e-mail address that can stand for a company. */
export function companyDomain(email: unknown): string | undefined {
  if (typeof email !== 'string') return undefined;
  const domain = normalDomain(email.slice(email.lastIndexOf('@') + 1));
  return email.includes('@') && domain.includes('.') && !publicMail.has(domain) ? domain : undefined;
}

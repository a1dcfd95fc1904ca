import type { Scheme } from './scheme.domain';

const shortest = 8;
const longest = 500;
/** As Standard Webhooks ask for. */
const shortestKeyBytes = 16;

/** What is wrong with a secret that somebody pasted, in a sentence that does not repeat it. */
export function secretFault({ secretBytes }: Scheme, secret: string): string | undefined {
  if (secret.length < shortest || secret.length > longest) {
    return `A secret has ${shortest} to ${longest} characters.`;
  }
  if (/\p{Cc}/u.test(secret) || !secret.isWellFormed()) return 'The secret has characters that none has.';
  if (secretBytes === 'utf8') return undefined;
  const text = secret.replace(/^whsec_/, '');
  const isKey = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && (text.length * 3) / 4 >= shortestKeyBytes;
  return isKey ? undefined : 'The secret must be whsec_ and base64, as the vendor shows it.';
}

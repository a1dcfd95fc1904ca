import { patterns } from './patterns';

declare const brand: unique symbol;

/** One company that runs its customer base here. */
export type TenantId = string & { readonly [brand]: 'TenantId' };

/** A customer company, by the tenant's own id for it. */
export type AccountId = string & { readonly [brand]: 'AccountId' };

/** What a tenant id may look like: it stands in keys, in settings of a transaction and in URLs. */
export const tenantIdPattern = new RegExp(patterns.tenantId.form);

const accountIdPattern = new RegExp(patterns.id.form);

export const isTenantId = (text: string): text is TenantId => tenantIdPattern.test(text);

export const isAccountId = (text: string): text is AccountId =>
  text.length <= 200 && accountIdPattern.test(text) && text.isWellFormed() && !text.includes('\0');

/** Takes text as a tenant id. Throws a RangeError where it cannot be one. */
export function tenantId(text: string): TenantId {
  if (isTenantId(text)) return text;
  throw new RangeError(`"${text}" is not a tenant id: 1 to 40 characters of a-z, 0-9 and -.`);
}

/** Takes text as an account id. Throws a RangeError where it cannot be one. */
export function accountId(text: string): AccountId {
  if (isAccountId(text)) return text;
  throw new RangeError(`"${text}" is not an account id: 1 to 200 characters, no blanks at the ends.`);
}

/** The Kafka key and the envelope's `partitionkey` of everything that belongs to one account, or to another subject. */
export const partitionKey = (tenant: string, subject: string): string => `${tenant}:${subject}`;

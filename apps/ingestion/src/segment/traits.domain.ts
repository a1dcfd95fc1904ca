import { accountKinds, accountStages, userKinds } from '@tenure/contracts';

import { readInstant } from '../intake/instant.domain';
import { normalDomain } from '../intake/reference.domain';
import { fieldsOf, type Fields, isFields } from './call.domain';

/** Takes a trait as a field of ours, or answers undefined: then it stays what it is, a free attribute. */
type Reader = (value: unknown) => unknown;

const text =
  (longest: number): Reader =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= longest ? value : undefined;

const oneOf =
  (words: readonly string[]): Reader =>
  (value) =>
    words.includes(value as string) ? value : undefined;

const yesNo: Reader = (value) => (typeof value === 'boolean' ? value : undefined);
const number: Reader = (value) => (typeof value === 'number' ? value : undefined);
const texts: Reader = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? (value as string[]) : undefined;
const email: Reader = (value) =>
  typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value.trim()) ? value.trim() : undefined;

const instant: Reader = (value) => {
  const at = readInstant(value);
  return at === undefined || at < Date.UTC(1900, 0, 1) ? undefined : new Date(at).toISOString();
};

const userFields: Readonly<Record<string, Reader>> = {
  email,
  name: text(500),
  title: text(500),
  department: text(500),
  role: text(500),
  licensed: yesNo,
  active: yesNo,
  kind: oneOf(userKinds),
  createdAt: instant,
};

const accountFields: Readonly<Record<string, Reader>> = {
  name: text(500),
  kind: oneOf(accountKinds),
  segment: text(100),
  stage: oneOf(accountStages),
  parentId: text(200),
  arr: number,
  currency: text(3),
  timeZone: text(64),
  country: text(100),
  industry: text(500),
  plan: text(500),
  domains: texts,
  tags: texts,
  externalIds: (value) => (isFields(value) ? value : undefined),
};

/** Traits of `identify` as fields of `user.changed`; what has no field stays in `traits`. */
export function userFromTraits(traits: Fields): Record<string, unknown> {
  const { known, rest } = split(traits, userFields);
  const first = [traits['firstName'], traits['lastName']]
    .filter((part) => typeof part === 'string')
    .join(' ')
    .trim();
  if (known['name'] === undefined && first !== '') known['name'] = first;
  return Object.keys(rest).length > 0 ? { ...known, traits: rest } : known;
}

/** Traits of `group` as fields of `account.changed`; what has no field stays in `attributes`. */
export function accountFromTraits(traits: Fields): Record<string, unknown> {
  const { known, rest } = split(traits, accountFields);
  const address = fieldsOf(traits['address']);
  if (known['country'] === undefined && typeof address['country'] === 'string') known['country'] = address['country'];
  const domain = domainOf(traits['domain']) ?? domainOf(traits['website']);
  if (known['domains'] === undefined && domain !== undefined) known['domains'] = [domain];
  const attributes = isFields(traits['attributes'])
    ? { ...without(rest, 'attributes'), ...traits['attributes'] }
    : rest;
  return Object.keys(attributes).length > 0 ? { ...known, attributes } : known;
}

function split(traits: Fields, readers: Readonly<Record<string, Reader>>) {
  const known: Record<string, unknown> = {};
  const rest: [string, unknown][] = [];
  for (const key of Object.keys(traits)) {
    const value = traits[key];
    const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
    const taken = read && value !== null ? read(value) : value;
    if (read && taken !== undefined) known[key] = taken;
    else rest.push([key, value]);
  }
  return { known, rest: Object.fromEntries(rest) };
}

function domainOf(value: unknown): string | undefined {
  const domain = typeof value === 'string' ? normalDomain(value) : '';
  return /^[^\s/@:]+\.[^\s/@:]+$/.test(domain) && domain.length <= 253 ? domain : undefined;
}

function without(fields: Fields, key: string): Fields {
  const { [key]: _, ...rest } = fields;
  return rest;
}

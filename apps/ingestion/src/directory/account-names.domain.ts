/** One account that a reference may lead to. */
export interface NamedAccount {
  readonly accountId: string;
  /** `matched` by a person, `stated` by an event of the account, `seen` in a user's e-mail address. */
  readonly strength: 'matched' | 'stated' | 'seen';
  readonly statedAtMs: number;
}

/**
 * The account that a reference leads to: a person's word first. An id in another system belongs to whom it was stated
 * for last. A domain counts only while exactly one account has it: a wrong guess costs more than a held event.
 */
export function namedAccount(reference: string, claims: readonly NamedAccount[]): string | undefined {
  const matched = newest(claims.filter((claim) => claim.strength === 'matched'));
  if (matched) return matched.accountId;
  if (!reference.startsWith('domain:')) return newest(claims)?.accountId;
  const stated = claims.filter((claim) => claim.strength === 'stated');
  return onlyAccount(stated.length > 0 ? stated : claims);
}

function newest(claims: readonly NamedAccount[]): NamedAccount | undefined {
  return [...claims].sort((a, b) => b.statedAtMs - a.statedAtMs || (a.accountId < b.accountId ? 1 : -1))[0];
}

function onlyAccount(claims: readonly NamedAccount[]): string | undefined {
  const accounts = new Set(claims.map((claim) => claim.accountId));
  return accounts.size === 1 ? [...accounts][0] : undefined;
}

/** A company's name as it is compared: without case, signs and legal form. */
export function searchName(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  const core = words.filter((word) => !legalForms.has(word));
  return (core.length > 0 ? core : words).join('').slice(0, 200);
}

const legalForms = new Set(
  'inc llc ltd limited corp corporation co company gmbh ag kg se sa sas sarl bv nv ab oy plc'.split(' '),
);

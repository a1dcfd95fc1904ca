import { searchName } from '../directory/account-names.domain';
import { companyDomain, domainKey, readReferenceKey } from '../intake/reference.domain';

/** Everything that a waiting event says which could lead to its account. */
export interface Clues {
  /** Reference keys that somebody may have stated or been seen with. */
  readonly references: readonly string[];
  /** Names, as `searchName` makes them. */
  readonly names: readonly string[];
}

/** An account that might be meant, and the clue that says so. */
export interface Suggestion {
  readonly accountId: string;
  readonly name: string | null;
  readonly why: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** @param data of one event that waits for the reference */
export function cluesOf(reference: string, data: Fields): Clues {
  const domains = domainsIn(reference, data);
  const names = [data['name'], data['accountName'], ...domains.map((domain) => domain.split('.').at(-2))];
  return {
    references: [reference, ...domains.map(domainKey)],
    names: [
      ...new Set(names.filter((name): name is string => typeof name === 'string' && name !== '').map(searchName)),
    ],
  };
}

function domainsIn(reference: string, data: Fields): string[] {
  const named = readReferenceKey(reference);
  const texts = [
    'accountDomain' in named ? `@${named.accountDomain}` : undefined,
    'userId' in named ? named.userId : undefined,
    data['email'],
    data['requesterEmail'],
    typeof data['accountDomain'] === 'string' ? `@${data['accountDomain']}` : undefined,
  ];
  return [...new Set(texts.map(companyDomain).filter((domain) => domain !== undefined))];
}

/** The accounts behind the clues, the surer clue first, each account once. */
export function suggest(
  clues: Clues,
  claims: readonly { reference: string; account_id: string; name: string | null }[],
  named: readonly { account_id: string; name: string; search_name: string }[],
): Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const claim of claims) {
    if (!clues.references.includes(claim.reference) || found.has(claim.account_id)) continue;
    found.set(claim.account_id, {
      accountId: claim.account_id,
      name: claim.name,
      why: `has ${spoken(claim.reference)}`,
    });
  }
  for (const account of named) {
    if (!clues.names.includes(account.search_name) || found.has(account.account_id)) continue;
    found.set(account.account_id, {
      accountId: account.account_id,
      name: account.name,
      why: `is called ${account.name}`,
    });
  }
  return [...found.values()].slice(0, 5);
}

function spoken(reference: string): string {
  const named = readReferenceKey(reference);
  if ('accountDomain' in named) return `the domain ${named.accountDomain}`;
  return 'accountRef' in named ? `the ${named.accountRef.system} id ${named.accountRef.id}` : reference;
}

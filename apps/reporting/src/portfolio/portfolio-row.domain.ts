import { type AccountKind, fromMinor } from '@tenure/contracts';
import { type ContractTerms, isoFromDay } from '@tenure/scoring';

type Data = Readonly<Record<string, unknown>>;

/** The part of an account's row that its profile and its contracts decide. Money in whole minor units. */
export interface PortfolioFacts {
  readonly name: string | null;
  readonly kind: AccountKind | null;
  readonly segment: string | null;
  readonly stage: string | null;
  readonly ownerEmail: string | null;
  readonly parentId: string | null;
  readonly timeZone: string | null;
  readonly arrMinor: number | null;
  readonly arrMajor: number | null;
  readonly currency: string | null;
  readonly arrSource: 'contracts' | 'profile' | null;
  readonly decisionDate: string | null;
  readonly sortName: string;
  readonly searchText: string;
}

/** One row from the folded profile and the terms of the contracts. An account with several currencies shows its largest. */
export function portfolioFacts(accountId: string, profile: Data, terms: ContractTerms): PortfolioFacts {
  const name = text(profile['name']);
  const ownerEmail = ownerOf(profile['team']);
  return {
    name,
    kind: text(profile['kind']) as AccountKind | null,
    segment: text(profile['segment']),
    stage: text(profile['stage']),
    ownerEmail,
    parentId: text(profile['parentId']),
    timeZone: text(profile['timeZone']),
    ...revenue(terms, text(profile['currency'])),
    decisionDate: terms.decisionDate === null ? null : isoFromDay(terms.decisionDate),
    sortName: (name ?? accountId).toLowerCase(),
    searchText: searchText([accountId, name, ownerEmail, profile['domains'], profile['externalIds'], profile['tags']]),
  };
}

/** The team's CSM; of several the first. */
export function ownerOf(team: unknown): string | null {
  const members = Array.isArray(team) ? (team as { role?: unknown; email?: unknown }[]) : [];
  const email = members.find((member) => member.role === 'csm' && typeof member.email === 'string')?.email;
  return typeof email === 'string' ? email.toLowerCase() : null;
}

/** Contracts that all have ended leave 0, which is known; an account without contracts and without `arr` has none. */
function revenue(
  terms: ContractTerms,
  profileCurrency: string | null,
): Pick<PortfolioFacts, 'arrMinor' | 'arrMajor' | 'currency' | 'arrSource'> {
  if (terms.arrSource === 'none') return { arrMinor: null, arrMajor: null, currency: profileCurrency, arrSource: null };
  const [largest] = Object.entries(terms.arrByCurrency).sort(([, a], [, b]) => b - a);
  const [currency, arrMinor] = largest ?? [profileCurrency, 0];
  const arrMajor = currency === null ? arrMinor : fromMinor(arrMinor, currency);
  return { arrMinor, arrMajor, currency, arrSource: terms.arrSource };
}

/** Everything somebody may type to find the account, in lower case, a line each. */
function searchText(parts: readonly unknown[]): string {
  const words = parts.flatMap((part) => (part !== null && typeof part === 'object' ? Object.values(part) : [part]));
  return words
    .filter((word): word is string => typeof word === 'string')
    .join('\n')
    .toLowerCase();
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

import { roundedMinor } from '@tenure/contracts';
import type { AccountFacts } from '../renewals/renewal-row.domain';

type Data = Readonly<Record<string, unknown>>;

/** What rows show of an account, from its folded profile. */
export function accountFacts(accountId: string, profile: Data): AccountFacts {
  return {
    accountId,
    name: text(profile['name']),
    segment: text(profile['segment']),
    ownerEmail: ownerOf(profile['team']),
  };
}

/** The team's CSM, else its renewal manager; of several the first. */
export function ownerOf(team: unknown): string | null {
  const members = Array.isArray(team) ? (team as { role?: unknown; email?: unknown }[]) : [];
  const of = (role: string) => members.find((one) => one.role === role && typeof one.email === 'string')?.email;
  const email = of('csm') ?? of('renewal-manager');
  return typeof email === 'string' ? email.toLowerCase() : null;
}

/** ARR of a profile, which counts only while there is no contract. */
export function profileArr(profile: Data): { currency: string; arrMinor: number } | null {
  const { arr, currency } = profile;
  if (typeof arr !== 'number' || typeof currency !== 'string') return null;
  return { currency, arrMinor: roundedMinor(arr, currency) };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

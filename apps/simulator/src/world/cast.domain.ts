import type { Random } from './random.domain';

/**
 * What an account plays. The sick ones are ill at the end of the history, each in its own way; the `past-` ones fell ill before a
 * renewal that lies inside it, so that the year has outcomes; the hazard decides whether they leave.
 */
export const sickRoles = [
  'slow-decline',
  'fast-decline',
  'silence',
  'champion-left',
  'ticket-spike',
  'escalation',
  'negative-sentiment',
  'notice-given',
  'onboarding-stalled',
] as const;
export const pastRoles = [
  'past-slow-decline',
  'past-champion-cliff',
  'past-never-onboarded',
  'past-ticket-spiral',
  'past-price',
] as const;
export const outsiderRoles = ['trial', 'prospect', 'partner', 'internal', 'test'] as const;

export type SickRole = (typeof sickRoles)[number];
export type PastRole = (typeof pastRoles)[number];
export type OutsiderRole = (typeof outsiderRoles)[number];
export type CastRole =
  'healthy' | 'recovered' | 'onboarding' | 'overdue' | 'late-signed' | 'merged' | SickRole | PastRole | OutsiderRole;

export type Segment = 'enterprise' | 'mid-market' | 'smb';

/** Seats per 300 accounts; everyone else is healthy. The shares of the past ones follow what is known of churn's causes. */
const seatsPer300: Readonly<Partial<Record<CastRole, number>>> = {
  'slow-decline': 8,
  'fast-decline': 6,
  silence: 5,
  'champion-left': 6,
  'ticket-spike': 5,
  escalation: 4,
  'negative-sentiment': 5,
  'notice-given': 4,
  'onboarding-stalled': 4,
  'past-slow-decline': 9,
  'past-champion-cliff': 5,
  'past-never-onboarded': 5,
  'past-ticket-spiral': 3,
  'past-price': 4,
  recovered: 5,
  onboarding: 6,
  overdue: 2,
  'late-signed': 3,
  merged: 2,
  trial: 8,
  prospect: 10,
  partner: 1,
  internal: 2,
  test: 3,
};

/** One role per account, shuffled; every role is there from 60 accounts on. */
export function castRoles(random: Random, accounts: number): CastRole[] {
  const special = Object.entries(seatsPer300).flatMap(([role, seats]) =>
    Array.from({ length: Math.max(1, Math.round((seats * accounts) / 300)) }, () => role as CastRole),
  );
  if (special.length > accounts) throw new RangeError(`the cast needs at least ${special.length} accounts`);
  const healthy = Array.from({ length: accounts - special.length }, (): CastRole => 'healthy');
  return random.shuffle([...special, ...healthy]);
}

const largeOnly: ReadonlySet<CastRole> = new Set(['slow-decline', 'fast-decline', 'ticket-spike', 'past-slow-decline']);
const smallOnly: ReadonlySet<CastRole> = new Set(['onboarding-stalled', 'trial', 'test']);

/** A decline needs enough users to be one; a stalled start needs a short target to be overdue. */
export function castSegment(random: Random, role: CastRole): Segment {
  const draw = random.next();
  if (largeOnly.has(role)) return draw < 0.4 ? 'enterprise' : 'mid-market';
  if (smallOnly.has(role)) return draw < 0.4 ? 'mid-market' : 'smb';
  return draw < 0.2 ? 'enterprise' : draw < 0.6 ? 'mid-market' : 'smb';
}

export function isOutsider(role: CastRole): role is OutsiderRole {
  return (outsiderRoles as readonly string[]).includes(role);
}

export function isSick(role: CastRole): role is SickRole {
  return (sickRoles as readonly string[]).includes(role);
}

export function isPast(role: CastRole): role is PastRole {
  return (pastRoles as readonly string[]).includes(role);
}

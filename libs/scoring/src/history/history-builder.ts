import { bitmapOf } from './bitmap';
import { DAY_MS, dayFromIso, type EpochDay, type Instant } from '../time/day';
import type { AccountHistory } from './account-history';
import type { Entity } from './as-of';
import { INPUT_KINDS, type Input, type InputKind, type Inputs } from './inputs';
import { UsageDays, type UsageDay } from './usage-days';

/** The day on which specs stand: a Wednesday, at noon UTC. */
export const TODAY: EpochDay = dayFromIso('2026-03-04');
export const NOON: Instant = TODAY * DAY_MS + DAY_MS / 2;

export const noonOf = (daysAgo: number): Instant => NOON - daysAgo * DAY_MS;

/** Inputs that are live around the specs' day. */
export function liveInputs(...kinds: readonly InputKind[]): Inputs {
  const live: Input = { since: 0, freshUntil: NOON + 1_000 * DAY_MS };
  return Object.fromEntries(kinds.map((kind) => [kind, live]));
}

/** An account of two years with every input live and nothing in it. */
export function emptyHistory(overrides: Partial<AccountHistory> = {}): AccountHistory {
  return {
    accountId: 'acme',
    timeZone: 'UTC',
    holidays: new Set(),
    firstSeen: noonOf(730),
    usage: new UsageDays(),
    keyFeatures: [],
    users: [],
    profile: [],
    tickets: [],
    stakeholders: [],
    surveys: [],
    touchpoints: [],
    contracts: [],
    invoices: [],
    inputs: liveInputs(...INPUT_KINDS),
    ...overrides,
  };
}

/** A day's row: the first `users` ordinals (or these) were there, with an event of each name per user. */
export function usageDay(
  daysAgo: number,
  users: number | readonly number[],
  names: readonly string[] = ['open'],
): UsageDay {
  const ordinals = typeof users === 'number' ? Array.from({ length: users }, (_, i) => i) : users;
  const day = TODAY - daysAgo;
  const byName = Object.fromEntries(names.map((name) => [name, ordinals.length]));
  return { day, knownDay: day, events: ordinals.length * names.length, users: bitmapOf(ordinals), byName };
}

const isWorkday = (daysAgo: number) => ![0, 6].includes(new Date(noonOf(daysAgo)).getUTCDay());

/** Rows for the workdays of [from, to] days ago (from ≥ to), `users` of each day. */
export function workdays(from: number, to: number, users: (daysAgo: number) => number): UsageDay[] {
  const rows: UsageDay[] = [];
  for (let ago = from; ago >= to; ago--) if (isWorkday(ago) && users(ago) > 0) rows.push(usageDay(ago, users(ago)));
  return rows;
}

/** An entity with one version, known at once. */
export function entity<S>(id: string, daysAgo: number, state: S, knownDaysAgo: number = daysAgo): Entity<S> {
  return { id, states: [{ at: noonOf(daysAgo), knownAt: noonOf(knownDaysAgo), state }] };
}

/** Human users with the first `n` ordinals. */
export function humans(n: number): AccountHistory['users'] {
  return Array.from({ length: n }, (_, ordinal) => ({
    ordinal,
    ...entity(`user-${ordinal}`, 700, { kind: 'human' as const, active: true, licensed: true }),
  }));
}

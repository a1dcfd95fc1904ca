import {
  type AccountHistory,
  type AccountUser,
  bitmapOf,
  DAY_MS,
  type Entity,
  INPUT_KINDS,
  type TicketState,
  type TouchpointState,
  type UsageDay,
  UsageDays,
} from '@tenure/scoring';

const today = 20_500;
const users = 25;
const names = 12;
/** The instant of judgement. */
export const noon = today * DAY_MS + DAY_MS / 2;

/** An account with a year of usage on workdays, tickets, meetings, three stakeholders and a contract; the same for a seed. */
export function accountOfAYear(seed: number): AccountHistory {
  const random = generator(seed + 1);
  const live = { since: 0, freshUntil: noon + 1_000 * DAY_MS };
  return {
    accountId: `account-${seed}`,
    timeZone: 'UTC',
    holidays: new Set(),
    firstSeen: noon - 365 * DAY_MS,
    usage: UsageDays.of(usageOfAYear(random)),
    keyFeatures: [0, 1, 2, 3].map((n) => ({ feature: `feature-${n}`, names: [`Feature ${n} Used`] })),
    users: Array.from({ length: users }, (_, ordinal) => user(ordinal)),
    profile: [timed(365, { name: `Account ${seed}`, segment: 'enterprise', stage: 'adoption' })],
    tickets: Array.from({ length: 24 }, (_, n) => ticket(n, random)),
    stakeholders: [0, 1, 2].map((n) => ({
      id: `stakeholder-${n}`,
      states: [
        timed(300, { name: `Person ${n}`, roles: [n === 0 ? 'champion' : 'user'], left: false, userId: `user-${n}` }),
      ],
    })),
    surveys: [30, 120, 210].map((ago) => ({
      id: `survey-${ago}`,
      states: [timed(ago, { kind: 'nps' as const, score: Math.floor(random() * 11) })],
    })),
    touchpoints: Array.from({ length: 20 }, (_, n) => meeting(n)),
    contracts: [],
    invoices: [],
    inputs: Object.fromEntries(INPUT_KINDS.map((kind) => [kind, live])),
  };
}

function usageOfAYear(random: () => number): UsageDay[] {
  return Array.from({ length: 365 }, (_, ago) => today - ago)
    .filter((day) => day % 7 > 1)
    .map((day) => usageDay(day, random));
}

function usageDay(day: number, random: () => number): UsageDay {
  const present = Array.from({ length: users }, (_, ordinal) => ordinal).filter(() => random() < 0.5);
  const used = Array.from({ length: names }, (_, n) => `Feature ${n} Used`).filter(() => random() < 0.6);
  return {
    day,
    knownDay: day,
    events: present.length * used.length,
    users: bitmapOf(present),
    byName: Object.fromEntries(used.map((name) => [name, present.length])),
    usersByName: Object.fromEntries(used.map((name) => [name, bitmapOf(present)])),
    lastAt: day * DAY_MS + DAY_MS * 0.7,
  };
}

function user(ordinal: number): AccountUser {
  return { id: `user-${ordinal}`, ordinal, states: [timed(365, { kind: 'human', active: true, licensed: true })] };
}

function ticket(n: number, random: () => number): Entity<TicketState> {
  const openedAt = noon - Math.floor(random() * 365) * DAY_MS;
  const base = { priority: 'normal' as const, openedAt, escalatedAt: null };
  const solvedAt = openedAt + 2 * DAY_MS;
  return {
    id: `ticket-${n}`,
    states: [
      { at: openedAt, knownAt: openedAt, state: { ...base, status: 'open' } },
      { at: solvedAt, knownAt: solvedAt, state: { ...base, status: 'solved', solvedAt } },
    ],
  };
}

function meeting(n: number): Entity<TouchpointState> {
  const startAt = noon - (n * 18 + 3) * DAY_MS;
  const attendees = [{ stakeholderId: 'stakeholder-0' }];
  return {
    id: `meeting-${n}`,
    states: [{ at: startAt, knownAt: startAt, state: { kind: 'meeting', outcome: 'held', startAt, attendees } }],
  };
}

function timed<S>(daysAgo: number, state: S): { at: number; knownAt: number; state: S } {
  const at = noon - daysAgo * DAY_MS;
  return { at, knownAt: at, state };
}

/** Mulberry32: small, fast, the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

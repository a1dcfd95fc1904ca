import fc from 'fast-check';
import { asOf, type AsOf } from '../history/as-of';
import type { AccountHistory } from '../history/account-history';
import type { TicketState, TouchpointState } from '../history/entities';
import {
  emptyHistory,
  entity,
  humans,
  liveInputs,
  NOON,
  noonOf,
  TODAY,
  usageDay,
  workdays,
} from '../history/history-builder';
import { UsageDays } from '../history/usage-days';
import { defaultModel } from '../models/default-model';
import { accountHealth } from '../score/account-health';
import { DAY_MS } from '../time/day';
import type { FeatureName } from './feature';
import { features } from './features';

const now = asOf(NOON);
const valueOf = (name: FeatureName, history: AccountHistory, when: AsOf = now) => features(history, when).values[name];
const usage = (users: (daysAgo: number) => number, from = 200) => UsageDays.of(workdays(from, 0, users));

const ticket = (openedAgo: number, rest: Partial<TicketState> = {}): TicketState => ({
  status: 'open',
  priority: 'normal',
  openedAt: noonOf(openedAgo),
  escalatedAt: null,
  ...rest,
});

describe('features', () => {
  it('measure active users against seats, people only', () => {
    const users = [
      ...humans(4),
      { ordinal: 9, ...entity('bot', 700, { kind: 'service' as const, active: true, licensed: null }) },
    ];
    const history = emptyHistory({ users, usage: UsageDays.of([usageDay(3, [0, 1, 9]), usageDay(40, [2])]) });
    expect(valueOf('seat-utilisation', history)).toMatchObject({
      value: 0.5,
      reason: '2 of 4 licensed users (50 %) were active in the last 28 days.',
    });
  });

  it('compare 14 days with the 14-day windows before, in a sentence with the numbers', () => {
    const history = emptyHistory({ usage: usage((ago) => (ago <= 14 ? 14 : 22)) });
    expect(valueOf('usage-change-fast', history)).toMatchObject({
      value: (14 - 22) / 22,
      reason: 'Active users fell from 22 to 14 in the last 14 days (−36 %).',
    });
    expect(valueOf('usage-change-slow', history).value).toBeCloseTo((18 - 22) / 22);
  });

  it('speak of no trend with a short history', () => {
    expect(valueOf('usage-change-fast', emptyHistory({ usage: usage(() => 9, 30) })).value).toBeNull();
  });

  it('count key features by their event names', () => {
    const keyFeatures = [
      { feature: 'reports', names: ['report.run', 'report.export'] },
      { feature: 'alerts', names: ['alert.made'] },
    ];
    const history = emptyHistory({ keyFeatures, usage: UsageDays.of([usageDay(2, 3, ['report.export'])]) });
    expect(valueOf('key-feature-breadth', history)).toMatchObject({
      value: 0.5,
      reason: '1 of 2 key features used in the last 28 days; unused: alerts.',
    });
  });

  it('age tickets in business days, without the time that waits on the customer', () => {
    const waiting = {
      id: 't2',
      states: [
        { at: noonOf(7), knownAt: noonOf(7), state: ticket(7, { priority: 'high' }) },
        { at: noonOf(6), knownAt: noonOf(6), state: ticket(7, { priority: 'high', status: 'waiting-on-customer' }) },
        { at: noonOf(1), knownAt: noonOf(1), state: ticket(7, { priority: 'high' }) },
      ],
    };
    const tickets = [entity('t1', 14, ticket(14)), waiting, entity('t3', 3, ticket(3, { status: 'solved' }))];
    const backlog = valueOf('ticket-backlog', emptyHistory({ tickets }));
    expect(backlog.value).toBeCloseTo(10 / 10 + 2 / 3);
    expect(backlog.reason).toBe('2 tickets open, none beyond its limit; the oldest for 10 business days.');
  });

  it('know live contacts and the last two-way contact', () => {
    const meeting: TouchpointState = {
      kind: 'meeting',
      outcome: 'held',
      startAt: noonOf(12),
      attendees: [{ stakeholderId: 's1' }],
    };
    const mail: TouchpointState = { kind: 'email', outcome: 'sent', direction: 'out', startAt: noonOf(2) };
    const history = emptyHistory({
      stakeholders: ['s1', 's2'].map((id) => entity(id, 300, { name: id, roles: ['champion'], left: false })),
      touchpoints: [entity('m1', 12, meeting), entity('m2', 2, mail)],
    });
    expect(valueOf('live-contacts', history)).toMatchObject({ value: 1 });
    expect(valueOf('days-since-contact', history)).toMatchObject({
      value: 12,
      reason: 'The last two-way contact was 12 days ago.',
    });
    expect(valueOf('champions', history)).toMatchObject({ value: 2, reason: '2 champions: s1, s2.' });
  });

  it('count a champion who left until another is named', () => {
    const left = {
      id: 's1',
      states: [noonOf(300), noonOf(20)].map((at, i) => ({
        at,
        knownAt: at,
        state: { name: 'Dana', roles: ['champion'], left: i === 1 },
      })),
    };
    const next = entity('s2', 5, { name: 'Kim', roles: ['champion'], left: false });
    const older = entity('s2', 90, { name: 'Kim', roles: ['champion'], left: false });
    const gone = (...stakeholders: AccountHistory['stakeholders']) =>
      valueOf('champions-left', emptyHistory({ stakeholders })).value;
    expect([gone(left), gone(left, older), gone(left, next)]).toEqual([1, 1, 0]);
  });

  it('average the latest answer of each person', () => {
    const answer = (id: string, ago: number, score: number, userId: string) =>
      entity(id, ago, { kind: 'nps' as const, score, userId });
    const surveys = [
      answer('r1', 60, 2, 'u1'),
      answer('r2', 10, 9, 'u1'),
      answer('r3', 20, 6, 'u2'),
      answer('r4', 400, 0, 'u3'),
    ];
    expect(valueOf('nps', emptyHistory({ surveys })).value).toBe(7.5);
  });

  it('are missing, not zero, where the input is not connected or stale', () => {
    const bare = emptyHistory({ inputs: liveInputs('usage'), usage: usage(() => 5) });
    const missing = Object.entries(features(bare, now).values).filter(([, one]) => one.value === null);
    expect(missing.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'ticket-backlog',
        'tickets-escalated',
        'live-contacts',
        'champions',
        'nps',
        'notice-given',
      ]),
    );
    const stale = emptyHistory({ inputs: { usage: { since: 0, freshUntil: NOON - 1 } }, usage: usage(() => 5) });
    expect(valueOf('usage-change-fast', stale)).toMatchObject({ value: null, reason: 'The source of usage is stale.' });
  });
});

/** A busy account in which every input has something. */
function busyHistory(): AccountHistory {
  return emptyHistory({
    users: humans(30),
    keyFeatures: [{ feature: 'opening', names: ['open'] }],
    usage: usage((ago) => 6 + (ago % 5)),
    tickets: [entity('t1', 20, ticket(20)), entity('t2', 3, ticket(3, { csat: 4, csatAt: noonOf(2) }))],
    stakeholders: [entity('s1', 300, { name: 'Dana', roles: ['champion'], left: false, userId: 'user-1' })],
    surveys: [entity('r1', 30, { kind: 'nps', score: 8, userId: 'user-1' })],
    touchpoints: [entity('m1', 12, { kind: 'call', outcome: 'held', startAt: noonOf(12), sentiment: 0.4 })],
    contracts: [
      entity('c1', 300, {
        status: 'active',
        start: TODAY - 300,
        end: TODAY + 64,
        currency: 'USD',
        lines: [{ lineId: 'l', kind: 'recurring', metric: 'seats', quantity: 12, arrMinor: 1 }],
      }),
    ],
  });
}

/** The same account with absurd things that happen, or become known, after the standpoint. */
function withCanary(history: AccountHistory, known: number): AccountHistory {
  const absurd = <S>(id: string, state: S) => [entity(id, -5, state), entity(`${id}-late`, 40, state, known)];
  const future = [
    usageDay(-3, 2_000),
    { ...usageDay(30, 2_000), knownDay: TODAY - known },
    { ...usageDay(800, 2_000), knownDay: TODAY - known },
  ];
  return {
    ...history,
    usage: UsageDays.of([...history.usage.all(), ...future]),
    tickets: [...history.tickets, ...absurd('x', ticket(40, { escalatedAt: noonOf(40), csat: 1 }))],
    stakeholders: [...history.stakeholders, ...absurd('y', { name: 'Gone', roles: ['champion'], left: true })],
    surveys: [...history.surveys, ...absurd('z', { kind: 'nps' as const, score: 0 })],
    touchpoints: [
      ...history.touchpoints,
      ...absurd('w', { kind: 'call' as const, outcome: 'held' as const, startAt: noonOf(1), sentiment: -1 }),
    ],
    contracts: [
      ...history.contracts,
      ...absurd('v', { status: 'notice-given' as const, start: 0, end: TODAY + 1, currency: 'USD', lines: [] }),
    ],
    users: [
      ...history.users,
      ...absurd('u', { kind: 'human' as const, active: true, licensed: true }).map((user) => ({
        ...user,
        ordinal: 3_000,
      })),
    ],
  };
}

describe('as of a date', () => {
  it('nothing that happened or became known later changes anything: the canary', () => {
    const history = busyHistory();
    const health = accountHealth(history, now, defaultModel());
    expect(health.coverage).toBeGreaterThan(0.9);
    expect(accountHealth(withCanary(history, -1), now, defaultModel())).toEqual(health);
    const past = asOf(NOON - 28 * DAY_MS);
    expect(features(withCanary(history, 27), past)).toEqual(features(history, past));
  });

  it('the trend is the difference to the score of 28 days before', () => {
    const history = emptyHistory({ users: humans(30), usage: usage((ago) => (ago <= 14 ? 3 : 20)) });
    const score = (when: AsOf) => accountHealth(history, when, defaultModel()).score ?? 0;
    const { trend } = accountHealth(history, now, defaultModel());
    expect(trend).toBeCloseTo(score(now) - score(asOf(NOON - 28 * DAY_MS)), 9);
    expect(trend).toBeLessThan(-5);
  });
});

describe('usage, in every case', () => {
  const base = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 120, maxLength: 200 });

  it('more of it in the last days never lowers the usage part', () => {
    const parts = (rows: readonly ReturnType<typeof usageDay>[]) =>
      accountHealth(emptyHistory({ users: humans(40), usage: UsageDays.of(rows) }), now, defaultModel())
        .contributions.filter((one) => one.group === 'adoption' || one.group === 'usage-trend')
        .reduce((sum, one) => sum + Math.round(one.points * 100), 0);
    fc.assert(
      fc.property(base, fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 20 }), (counts, ago, more) => {
        const rows = counts.flatMap((users, day) =>
          users > 0 || day === counts.length - 1 ? [usageDay(day, users || 1)] : [],
        );
        const added = usageDay(ago, (counts[ago] ?? 0) + more);
        // A hundredth may move between measures when both round.
        expect(parts([...rows.filter((row) => row.day !== added.day), added])).toBeGreaterThanOrEqual(parts(rows) - 1);
      }),
      { numRuns: 300 },
    );
  });
});

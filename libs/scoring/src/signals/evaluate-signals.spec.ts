import { asOf } from '../history/as-of';
import type { AccountHistory } from '../history/account-history';
import type { TicketState } from '../history/entities';
import { emptyHistory, entity, humans, liveInputs, NOON, noonOf, TODAY, workdays } from '../history/history-builder';
import { UsageDays } from '../history/usage-days';
import { DAY_MS } from '../time/day';
import { earliestDue, evaluateSignals, type PreviousSignals } from './evaluate-signals';
import { negativeBinomialTail } from './negative-binomial';
import { SIGNALS } from './registry';
import { SIGNAL_NAMES, type SignalContext, type SignalEvaluation, type SignalName } from './signal';

type Options = { at?: number; previous?: PreviousSignals; context?: SignalContext };

function evaluate(
  name: SignalName,
  history: AccountHistory,
  { at = NOON, previous, context }: Options = {},
): SignalEvaluation {
  const found = evaluateSignals(history, asOf(at), context, previous).find((one) => one.signal === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

const using = (users: (daysAgo: number) => number, rest: Partial<AccountHistory> = {}, until = 0) =>
  emptyHistory({ users: humans(40), usage: UsageDays.of(workdays(250, until, users)), ...rest });

const ticket = (openedAgo: number, rest: Partial<TicketState> = {}): TicketState => ({
  status: 'open',
  priority: 'normal',
  openedAt: noonOf(openedAgo),
  escalatedAt: null,
  ...rest,
});
const tickets = (...agos: number[]) => agos.map((ago, i) => entity(`t${i}`, ago, ticket(ago)));

describe('the catalogue', () => {
  it('has every signal once', () => {
    expect(SIGNALS.map((one) => one.name)).toEqual([...SIGNAL_NAMES]);
  });

  it('raises nothing that rests on absent inputs for a tenant that sends only usage', () => {
    const history = using(() => 10, { inputs: liveInputs('usage') });
    const states = evaluateSignals(history, asOf(NOON)).map((one) => [one.signal, one.state, one.why]);
    expect(states.filter(([, state]) => state !== 'not-assessable').map(([name]) => name)).toEqual([
      'usage-decline',
      'silence',
    ]);
    expect(states.filter(([, , why]) => why === 'never')).toHaveLength(SIGNALS.length - 2);
  });

  it('assesses nothing of an account whose contracts have all ended, or that has churned', () => {
    const line = { lineId: 'l', kind: 'recurring' as const, arrMinor: 100 };
    const ended = { status: 'ended' as const, start: TODAY - 400, end: TODAY - 35, currency: 'USD', lines: [line] };
    const gone = using(() => 10, { contracts: [entity('c', 400, ended)] }, 30);
    expect(evaluate('silence', gone).why).toBe('not-a-customer');
    const churned = using(() => 10, { profile: [{ at: 0, knownAt: 0, state: { stage: 'churned' } }] }, 30);
    expect(evaluate('silence', churned).why).toBe('not-a-customer');
  });

  it('freezes on a stale source: neither opens nor clears', () => {
    const silent = using(() => 10, {}, 60);
    const held = evaluate('silence', silent);
    expect(held.state).toBe('holds');
    const stale = { ...silent, inputs: { usage: { since: 0, freshUntil: NOON - 1 } } };
    expect(evaluate('silence', stale)).toMatchObject({ state: 'not-assessable', why: 'stale', held: false });
    const frozen = evaluate('silence', stale, { previous: { silence: held } });
    expect(frozen).toMatchObject({ state: 'not-assessable', held: true, since: held.since });
  });

  it('waits for usage and tickets during an incident of our own', () => {
    const frozen = evaluate(
      'silence',
      using(() => 10, {}, 60),
      { context: { incidentOpen: true } },
    );
    expect(frozen).toMatchObject({ state: 'not-assessable', why: 'incident' });
  });

  it('assesses customers only, and not what is switched off', () => {
    const trial = using(() => 10, { profile: [{ at: 0, knownAt: 0, state: { kind: 'trial' } }] });
    expect(evaluate('silence', trial).why).toBe('not-a-customer');
    const off = evaluateSignals(
      using(() => 10),
      asOf(NOON),
      {},
      {},
      { silence: { off: true } },
    );
    expect(off.find((one) => one.signal === 'silence')?.why).toBe('off');
  });
});

describe('usage-decline', () => {
  it('holds after two weekly checks of a fast drop', () => {
    const drop = (days: number) =>
      evaluate(
        'usage-decline',
        using((ago) => (ago < days ? 10 : 20)),
      );
    expect(drop(22)).toMatchObject({
      state: 'holds',
      reason: 'Active users fell from 20 to 10 in the last 14 days (−50 %).',
    });
    expect(drop(15).state).toBe('clear');
  });

  it('says when it could next change: the second weekly check', () => {
    const once = evaluate(
      'usage-decline',
      using((ago) => (ago < 17 ? 10 : 20)),
    );
    expect(once.state).toBe('clear');
    const second = (once.nextDueAt ?? 0) + 1;
    const later = using((ago) => (ago < 17 ? 10 : 20));
    for (const row of workdays(0, -7, () => 10)) later.usage.add({ ...row, knownDay: row.day });
    expect(evaluate('usage-decline', later, { at: second }).state).toBe('holds');
    expect(evaluate('usage-decline', later, { at: second - 2 }).state).toBe('clear');
  });

  it('holds for a slow fall over months', () => {
    const slow = evaluate(
      'usage-decline',
      using((ago) => Math.round(10 + Math.min(20, ago / 9))),
    );
    expect(slow).toMatchObject({ state: 'holds' });
    expect(slow.evidence.map((one) => one.metric)).toContain('weekly-active-users');
  });

  it.each([
    ['a small base', (ago: number) => (ago < 30 ? 1 : 4)],
    ['fewer than three users less', (ago: number) => (ago < 20 ? 4 : 6)],
    ['its own noise', (ago: number) => (Math.floor((TODAY - ago) / 14) % 2 === 0 ? 8 : 26)],
    ['steady use', () => 20],
  ])('does not hold for %s', (_, users) => {
    expect(evaluate('usage-decline', using(users)).state).toBe('clear');
  });

  it('clears by a separate condition', () => {
    const previous: PreviousSignals = { 'usage-decline': { state: 'holds', held: true, since: 7, stateSince: 7 } };
    const at = (level: number) =>
      evaluate(
        'usage-decline',
        using((ago) => (ago < 22 ? level : 20)),
        { previous },
      );
    expect(at(15)).toMatchObject({ state: 'holds', since: 7 });
    expect(at(19).state).toBe('clear');
  });
});

describe('silence', () => {
  it('opens exactly at the instant it named', () => {
    const history = using(() => 5, {}, 1);
    const calm = evaluate('silence', history);
    const due = calm.nextDueAt ?? 0;
    // Last use on Tuesday 3 March (day only, so until its end); seven business days on: the end of Thursday 12 March.
    expect([calm.state, new Date(due).toISOString()]).toEqual(['clear', '2026-03-13T00:00:00.000Z']);
    expect(evaluate('silence', history, { at: due - 1 }).state).toBe('clear');
    expect(evaluate('silence', history, { at: due })).toMatchObject({ state: 'holds', since: due, nextDueAt: null });
  });

  it('counts from the instant of the last event, in business days without holidays', () => {
    const history = using(() => 5, { holidays: new Set([TODAY + 1]) }, 1);
    history.usage.add({ ...workdays(0, 0, () => 1)[0]!, lastAt: NOON - DAY_MS / 6 });
    expect(new Date(evaluate('silence', history).nextDueAt ?? 0).toISOString()).toBe('2026-03-16T08:00:00.000Z');
  });

  it('is patient with an account of long gaps', () => {
    const monthly = emptyHistory({
      usage: UsageDays.of(workdays(250, 8, () => 3).filter((row) => row.day % 28 === 0)),
    });
    const evaluation = evaluate('silence', monthly);
    expect(evaluation).toMatchObject({ state: 'clear' });
    expect(evaluation.evidence[0]).toMatchObject({ baseline: 20, threshold: 40 });
  });

  it('clears with the first person who returns, not with a robot', () => {
    const robots = [
      ...humans(5),
      { ordinal: 30, ...entity('bot', 700, { kind: 'service' as const, active: true, licensed: null }) },
    ];
    const silent = () => using(() => 5, { users: robots }, 40);
    const held = { silence: evaluate('silence', silent()) };
    const visit = (ordinals: number[]) => {
      const history = silent();
      history.usage.add({
        day: TODAY,
        knownDay: TODAY,
        events: 1,
        byName: {},
        users: Uint8Array.from(
          [0, 0, 0, 0].map((_, byte) =>
            ordinals.filter((one) => one >> 3 === byte).reduce((bits, one) => bits | (1 << (one & 7)), 0),
          ),
        ),
      });
      return evaluate('silence', history, { previous: held }).state;
    };
    expect([visit([30]), visit([2])]).toEqual(['holds', 'clear']);
  });
});

describe('champion-left', () => {
  const person = (left: boolean, rest = {}) => ({ name: 'Dana', roles: ['champion'], left, userId: 'user-1', ...rest });

  it('holds when the champion left, with the name and the day', () => {
    const dana = {
      id: 's1',
      states: [entity('', 300, person(false)).states[0]!, entity('', 20, person(true)).states[0]!],
    };
    expect(
      evaluate(
        'champion-left',
        using(() => 5, { stakeholders: [dana] }),
      ),
    ).toMatchObject({
      state: 'holds',
      since: noonOf(20),
      reason: 'Dana, champion, left on 2026-02-12; nobody has been named champion since.',
      severityStep: 0,
    });
  });

  it('is suspected when the user was deactivated, or silent while peers are active', () => {
    const stakeholders = [entity('s1', 300, person(false))];
    const gone = { ordinal: 1, ...entity('user-1', 10, { kind: 'human' as const, active: false, licensed: null }) };
    const users = humans(40);
    const deactivated = using(() => 5, { stakeholders, users: [users[0]!, gone, ...users.slice(2)] });
    expect(evaluate('champion-left', deactivated)).toMatchObject({
      state: 'holds',
      severityStep: -1,
      since: noonOf(10),
    });
    const silent = using(() => 5, { stakeholders: [entity('s1', 300, person(false, { userId: 'user-7' }))] });
    for (const row of workdays(45, 40, () => 9)) silent.usage.add(row);
    expect(evaluate('champion-left', silent)).toMatchObject({ state: 'holds', severityStep: -1 });
  });

  it('is clear while the champion is active', () => {
    expect(
      evaluate(
        'champion-left',
        using(() => 5, { stakeholders: [entity('s1', 300, person(false))] }),
      ).state,
    ).toBe('clear');
  });
});

describe('ticket-spike', () => {
  it('holds for many more tickets than expected', () => {
    const history = using(() => 10, { tickets: tickets(1, 2, 3, 4, 5, 6, 7, 60, 90) });
    const spike = evaluate('ticket-spike', history);
    expect(spike).toMatchObject({ state: 'holds', nextDueAt: noonOf(7) + 14 * DAY_MS });
    expect(spike.evidence[0]).toMatchObject({ value: 7, ids: ['t0', 't1', 't2', 't3', 't4', 't5', 't6'] });
  });

  it.each([
    ['three tickets', [1, 2, 3]],
    ['an account that writes often', Array.from({ length: 100 }, (_, i) => i * 2)],
  ])('does not hold for %s', (_, agos) => {
    expect(
      evaluate(
        'ticket-spike',
        using(() => 10, { tickets: tickets(...agos) }),
      ).state,
    ).toBe('clear');
  });

  it('expects what the segment sees', () => {
    const history = using(() => 10, { tickets: tickets(1, 2, 3, 4, 5), firstSeen: noonOf(20) });
    const at = (ticketsPerUser14d: number) =>
      evaluate('ticket-spike', history, { context: { segment: { ticketsPerUser14d } } }).state;
    expect([at(0.02), at(0.4)]).toEqual(['holds', 'clear']);
  });

  it('uses the right tail', () => {
    // P(X ≥ 3), mean 1, shape 2: 1 − (4/9 + 8/27 + 4/27)
    expect(negativeBinomialTail(3, 1, 2)).toBeCloseTo(1 / 9, 12);
    expect(negativeBinomialTail(0, 1, 2)).toBe(1);
  });
});

describe('the others', () => {
  it('escalation-open holds while an escalated ticket is unsolved', () => {
    const open = (rest: Partial<TicketState>) =>
      evaluate(
        'escalation-open',
        emptyHistory({ tickets: [entity('t', 4, ticket(9, { escalatedAt: noonOf(4), ...rest }))] }),
      );
    expect(open({})).toMatchObject({
      state: 'holds',
      since: noonOf(4),
      reason: '1 escalated ticket open, the first since 2026-02-28.',
    });
    expect(open({ status: 'solved' }).state).toBe('clear');
  });

  it('negative-sentiment: a champion alone, or two people; never a single other one', () => {
    const rated = (...people: string[]) =>
      people.map((userId, i) => entity(`r${i}`, 5, { kind: 'nps' as const, score: 4, userId }));
    const stakeholders = [entity('s1', 300, { name: 'Dana', roles: ['champion'], left: false, userId: 'u1' })];
    const state = (...people: string[]) =>
      evaluate('negative-sentiment', emptyHistory({ stakeholders, surveys: rated(...people) }));
    expect([state('u1').state, state('u2').state, state('u2', 'u3').state]).toEqual(['holds', 'clear', 'holds']);
    expect(state('u1').nextDueAt).toBe(noonOf(5) + 45 * DAY_MS - 15 * DAY_MS);
  });

  it('negative-sentiment: the mood fell by 0.3', () => {
    const said = (ago: number, sentiment: number) =>
      entity(`m${ago}`, ago, { kind: 'call' as const, outcome: 'held' as const, startAt: noonOf(ago), sentiment });
    const mood = (now: number) =>
      evaluate(
        'negative-sentiment',
        emptyHistory({
          touchpoints: [...[3, 9, 20].map((ago) => said(ago, now)), ...[40, 60, 80].map((ago) => said(ago, 0.5))],
        }),
      ).state;
    expect([mood(0.1), mood(0.3)]).toEqual(['holds', 'clear']);
  });

  it('notice-given holds until the contract has ended', () => {
    const state = {
      status: 'notice-given' as const,
      start: TODAY - 300,
      end: TODAY + 60,
      currency: 'EUR',
      lines: [],
      noticeGivenAt: noonOf(2),
    };
    const notice = evaluate('notice-given', emptyHistory({ contracts: [entity('c', 2, state)] }));
    expect(notice).toMatchObject({ state: 'holds', baseSeverity: 'critical', nextDueAt: (TODAY + 61) * DAY_MS });
    expect(
      evaluate('notice-given', emptyHistory({ contracts: [entity('c', 2, state)] }), { at: notice.nextDueAt ?? 0 }),
    ).toMatchObject({ held: false, why: 'not-a-customer' });
  });

  it('the earliest due instant is that of the account', () => {
    expect(earliestDue([{ nextDueAt: null }, { nextDueAt: 9 }, { nextDueAt: 4 }])).toBe(4);
    expect(earliestDue([{ nextDueAt: null }])).toBeNull();
  });
});

import { asOf } from '../history/as-of';
import type { AccountHistory } from '../history/account-history';
import type { ContractState, ProfileState, StakeholderState, TicketState, TouchpointState } from '../history/entities';
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
import { INPUT_KINDS } from '../history/inputs';
import { UsageDays } from '../history/usage-days';
import { DAY_MS } from '../time/day';
import { evaluateSignals, type PreviousSignals } from './evaluate-signals';
import { SIGNALS } from './registry';
import { effectiveSettings, settingsErrors } from './settings';
import type { SignalEvaluation, SignalName, SignalParameters } from './signal';

type Options = { at?: number; previous?: PreviousSignals; parameters?: SignalParameters };

function evaluate(name: SignalName, history: AccountHistory, options: Options = {}): SignalEvaluation {
  const { at = NOON, previous, parameters } = options;
  const found = evaluateSignals(history, asOf(at), {}, previous, parameters).find((one) => one.signal === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

const held = (signal: SignalName): PreviousSignals => ({
  [signal]: { state: 'holds', held: true, since: 7, stateSince: 7 },
});

const profile = (state: ProfileState, daysAgo = 700) => ({ at: noonOf(daysAgo), knownAt: noonOf(daysAgo), state });
const enterprise = { profile: [profile({ segment: 'enterprise' })] };
const midMarket = { profile: [profile({ segment: 'mid-market' })] };
const smb = { profile: [profile({ segment: 'smb' })] };

const contract = (startAgo: number, endIn: number, rest: Partial<ContractState> = {}) =>
  entity('c1', startAgo, {
    status: 'active' as const,
    start: TODAY - startAgo,
    end: TODAY + endIn,
    currency: 'EUR',
    lines: [{ lineId: 'l', kind: 'recurring' as const, metric: 'seats', quantity: 20, arrMinor: 1_200_000 }],
    ...rest,
  });

const touch = (id: string, ago: number, rest: Partial<TouchpointState> = {}) =>
  entity(id, ago, { kind: 'meeting' as const, outcome: 'held' as const, startAt: noonOf(ago), ...rest });

const ticket = (ago: number, rest: Partial<TicketState> = {}) =>
  entity('t1', ago, {
    status: 'open' as const,
    priority: 'high' as const,
    openedAt: noonOf(ago),
    escalatedAt: null,
    ...rest,
  });

const person = (id: string, ago: number, rest: Partial<StakeholderState> = {}) =>
  entity(id, ago, { name: id, roles: [], left: false, ...rest });

describe('the catalogue', () => {
  it.each(SIGNALS.map((one) => [one.name, one] as const))('%s says how it is set', (_, definition) => {
    expect(Object.keys(definition.parameters)).toEqual(Object.keys(definition.defaults));
    expect(
      settingsErrors(definition, { parameters: definition.defaults, segments: definition.variants ?? {} }),
    ).toEqual([]);
    for (const text of [definition.title, definition.condition, definition.clears])
      expect(text.length).toBeGreaterThan(5);
  });

  it('names what is wrong with settings by pointer, all at once', () => {
    const [decline] = SIGNALS;
    if (!decline) throw new Error('no signals');
    const errors = settingsErrors(decline, {
      parameters: { fastDrop: 3, unheard: 1, baseUsers: 2.5, constructor: 1 },
      segments: { SMB: {}, 'mid/market': { parameters: { sigmas: true } } },
    });
    expect(errors.map((one) => one.pointer)).toEqual([
      '/parameters/fastDrop',
      '/parameters/unheard',
      '/parameters/baseUsers',
      '/parameters/constructor',
      '/segments/SMB',
      '/segments/mid~1market/parameters/sigmas',
    ]);
  });

  it('takes the variant of the account’s segment, whatever its case', () => {
    const engagement = SIGNALS.find((one) => one.name === 'engagement-drop');
    if (!engagement) throw new Error('no engagement-drop');
    expect(effectiveSettings(engagement, undefined, 'Enterprise')).toMatchObject({ off: false, values: { days: 30 } });
    expect(effectiveSettings(engagement, undefined, 'smb').off).toBe(true);
    expect(effectiveSettings(engagement, undefined, 'constructor').off).toBe(false);
    const own = { parameters: { days: 45 }, segments: { smb: { parameters: { days: 90 } } } };
    expect(effectiveSettings(engagement, own, 'enterprise').values).toMatchObject({ days: 45 });
    expect(effectiveSettings(engagement, own, 'smb')).toMatchObject({ off: false, values: { days: 90 } });
  });

  it('gives a tenant’s settings to the judgement', () => {
    const history = emptyHistory({ ...enterprise, touchpoints: [touch('m', 35)] });
    const state = (parameters?: SignalParameters) => evaluate('engagement-drop', history, { parameters }).state;
    expect(state()).toBe('holds');
    expect(state({ 'engagement-drop': { parameters: { days: 40 } } })).toBe('clear');
    expect(state({ 'engagement-drop': { off: true } })).toBe('not-assessable');
  });
});

describe('sign-ins and key features', () => {
  const using = (names: (ago: number) => string[], rest: Partial<AccountHistory> = {}) =>
    emptyHistory({
      users: humans(20),
      usage: UsageDays.of(
        workdays(250, 0, () => 1).map(({ day }) => {
          const ago = TODAY - day;
          const users = names(ago).includes('sign-in') || !names(ago).includes('quiet') ? 10 : 4;
          const row = usageDay(ago, users, names(ago));
          return { ...row, usersByName: Object.fromEntries(names(ago).map((name) => [name, row.users])) };
        }),
      ),
      ...rest,
    });
  const marks = { signIn: ['sign-in'], value: [] };

  it('login-decline counts people who sign in, and needs the mark', () => {
    const history = using((ago) => (ago < 22 ? ['open', 'quiet'] : ['open', 'sign-in']), { marks });
    expect(evaluate('login-decline', history)).toMatchObject({
      state: 'holds',
      summary: 'People who sign in went from 10 to 0 in the last 14 days (−100 %)',
    });
    expect(evaluate('login-decline', { ...history, marks: undefined as never })).toMatchObject({
      state: 'not-assessable',
      reason: 'Not assessable: no event name is marked as a sign-in.',
    });
    expect(
      evaluate(
        'login-decline',
        using(() => ['sign-in'], { marks }),
      ).state,
    ).toBe('clear');
  });

  it('key-feature-drop holds after 14 days without use, at the morning it named', () => {
    const keyFeatures = [{ feature: 'Reports', names: ['report'] }];
    const stopped = using((ago) => (ago < 13 ? ['open'] : ['open', 'report']), { keyFeatures });
    const calm = evaluate('key-feature-drop', stopped);
    expect(calm).toMatchObject({ state: 'clear', nextDueAt: (TODAY + 2) * DAY_MS });
    const due = calm.nextDueAt ?? 0;
    expect(evaluate('key-feature-drop', stopped, { at: due - 1 }).state).toBe('clear');
    expect(evaluate('key-feature-drop', stopped, { at: due })).toMatchObject({
      state: 'holds',
      summary: 'Nobody has used Reports since 2026-02-19',
    });
  });

  it('key-feature-drop leaves out what few ever used', () => {
    const keyFeatures = [{ feature: 'Reports', names: ['report'] }];
    const rare = using((ago) => (ago > 14 && ago % 60 === 0 ? ['report'] : ['open']), { keyFeatures });
    expect(evaluate('key-feature-drop', rare).state).toBe('clear');
  });
});

describe('adoption and seats', () => {
  const active = (users: number) => UsageDays.of(workdays(60, 0, () => users));

  it('low-adoption holds below 40 % of the seats and clears from 50 %', () => {
    const at = (users: number, previous?: PreviousSignals) =>
      evaluate(
        'low-adoption',
        emptyHistory({ users: humans(40), usage: active(users), contracts: [contract(300, 65)] }),
        previous ? { previous } : {},
      );
    expect(at(7)).toMatchObject({ state: 'holds', summary: '7 of 20 seats (35 %) are active' });
    expect(at(9).state).toBe('clear');
    expect([at(9, held('low-adoption')).state, at(10, held('low-adoption')).state]).toEqual(['holds', 'clear']);
  });

  it('low-adoption waits for the onboarding target and a month', () => {
    const fresh = emptyHistory({ users: humans(40), usage: active(2), contracts: [contract(50, 300)] });
    expect(evaluate('low-adoption', fresh)).toMatchObject({ state: 'clear', nextDueAt: (TODAY + 25) * DAY_MS });
  });

  it('seat-shelfware needs to know who has a seat', () => {
    const some = (licensed: number) =>
      humans(20).map((user, i) => ({
        ...user,
        states: user.states.map((one) => ({ ...one, state: { ...one.state, licensed: i < licensed } })),
      }));
    const at = (licensed: number, previous?: PreviousSignals) =>
      evaluate(
        'seat-shelfware',
        emptyHistory({ users: some(licensed), contracts: [contract(200, 165)] }),
        previous ? { previous } : {},
      );
    expect(at(9)).toMatchObject({ state: 'holds', summary: '9 of 20 paid seats (45 %) are assigned' });
    expect([at(11).state, at(11, held('seat-shelfware')).state, at(12, held('seat-shelfware')).state]).toEqual([
      'clear',
      'holds',
      'clear',
    ]);
    const readings = [entity('seats-assigned', 3, { metric: 'seats-assigned', value: 4 })];
    expect(evaluate('seat-shelfware', emptyHistory({ contracts: [contract(200, 165)], metrics: readings })).state).toBe(
      'holds',
    );
    const unread = emptyHistory({ contracts: [contract(200, 165)], inputs: liveInputs('contracts') });
    expect(evaluate('seat-shelfware', unread).why).toBe('never');
  });

  it('downgrade compares the contracts in force with those of 60 days ago', () => {
    const smaller = (quantity: number, arrMinor: number, ago: number) => {
      const [before] = contract(300, 65).states;
      if (!before) throw new Error('no state');
      const lines = [{ lineId: 'l', kind: 'recurring' as const, metric: 'seats', quantity, arrMinor }];
      const now = { at: noonOf(ago), knownAt: noonOf(ago), state: { ...before.state, lines } };
      return evaluate('downgrade', emptyHistory({ contracts: [{ id: 'c1', states: [before, now] }] }));
    };
    expect(smaller(14, 900_000, 5)).toMatchObject({ state: 'holds', summary: 'Paid seats went from 20 to 14' });
    expect(smaller(20, 900_000, 5)).toMatchObject({ state: 'holds', summary: 'The recurring revenue is 25 % lower' });
    expect(smaller(20, 1_150_000, 5).state).toBe('clear');
    expect(smaller(14, 900_000, 70).state).toBe('clear');
  });
});

describe('people', () => {
  it('stakeholder-change holds for a new buyer, until somebody met them or it is old', () => {
    const before = person('Ben', 400, { roles: ['economic-buyer'] });
    const fresh = person('Ada', 10, { roles: ['economic-buyer'] });
    const change = evaluate('stakeholder-change', emptyHistory({ stakeholders: [before, fresh] }));
    expect(change).toMatchObject({
      state: 'holds',
      summary: 'Ada is the new economic buyer',
      nextDueAt: noonOf(10) + 60 * DAY_MS,
    });
    expect(
      evaluate('stakeholder-change', emptyHistory({ stakeholders: [before, fresh] }), { at: change.nextDueAt ?? 0 })
        .state,
    ).toBe('clear');
    const met = [touch('m', 2, { attendees: [{ stakeholderId: 'Ada' }] })];
    expect(
      evaluate('stakeholder-change', emptyHistory({ stakeholders: [before, fresh], touchpoints: met })).state,
    ).toBe('clear');
  });

  it('stakeholder-change is silent while the first people are only being written down', () => {
    const first = [person('Ada', 10, { roles: ['economic-buyer'] }), person('Ben', 12, { roles: ['decision-maker'] })];
    expect(evaluate('stakeholder-change', emptyHistory({ stakeholders: first })).state).toBe('clear');
  });

  it('single-threaded stands for one live contact, and is off for SMB', () => {
    const stakeholders = [person('Ada', 300, { email: 'ada@x.test' }), person('Ben', 300, { email: 'ben@x.test' })];
    const met = (...emails: string[]) => [touch('m', 20, { attendees: emails.map((email) => ({ email })) })];
    const at = (emails: string[], rest: Partial<AccountHistory> = enterprise) =>
      evaluate('single-threaded', emptyHistory({ stakeholders, touchpoints: met(...emails), ...rest }));
    expect(at(['ada@x.test'])).toMatchObject({ state: 'holds', summary: 'Ada is the only live contact' });
    expect(at(['ada@x.test', 'BEN@x.test']).state).toBe('clear');
    expect(at(['ada@x.test'], smb).why).toBe('off');
  });

  it('engagement-drop opens exactly after 30 or 60 days without contact', () => {
    const quiet = (rest: Partial<AccountHistory>) => emptyHistory({ touchpoints: [touch('m', 10)], ...rest });
    for (const [rest, days] of [
      [enterprise, 30],
      [midMarket, 60],
    ] as const) {
      const due = noonOf(10) + days * DAY_MS;
      expect(evaluate('engagement-drop', quiet(rest)).nextDueAt).toBe(due);
      expect(evaluate('engagement-drop', quiet(rest), { at: due - 1 }).state).toBe('clear');
      expect(evaluate('engagement-drop', quiet(rest), { at: due })).toMatchObject({ state: 'holds', since: due });
    }
    expect(evaluate('engagement-drop', quiet(smb)).why).toBe('off');
  });

  it('engagement-drop holds for two check-ins in a row missed; a cancelled one that is rebooked is not missed', () => {
    const checkIn = (id: string, ago: number, outcome: TouchpointState['outcome']) =>
      touch(id, ago, { outcome, purpose: 'check-in' });
    const state = (...touchpoints: AccountHistory['touchpoints'][number][]) =>
      evaluate('engagement-drop', emptyHistory({ ...enterprise, touchpoints: [touch('m', 29), ...touchpoints] })).state;
    expect(state(checkIn('a', 20, 'missed'), checkIn('b', 6, 'missed'))).toBe('holds');
    expect(state(checkIn('a', 20, 'cancelled'), checkIn('b', 6, 'missed'))).toBe('clear');
    expect(state(checkIn('a', 25, 'cancelled'), checkIn('b', 6, 'missed'))).toBe('holds');
    expect(state(checkIn('a', 20, 'missed'), checkIn('b', 13, 'held'), checkIn('c', 6, 'missed'))).toBe('clear');
  });
});

describe('support and payments', () => {
  it('ticket-ageing opens exactly at the limit of the priority, in business time', () => {
    // Opened on Tuesday at noon: three business days on is Friday at noon.
    const history = emptyHistory({ tickets: [ticket(1)] });
    const calm = evaluate('ticket-ageing', history);
    expect(calm).toMatchObject({ state: 'clear', nextDueAt: noonOf(-2) });
    expect(evaluate('ticket-ageing', history, { at: noonOf(-2) - 1 }).state).toBe('clear');
    expect(evaluate('ticket-ageing', history, { at: noonOf(-2) })).toMatchObject({
      state: 'holds',
      summary: 'A high ticket has waited for 3 business days',
    });
  });

  it('ticket-ageing leaves out requests, low priority and what waits on the customer', () => {
    const state = (rest: Partial<TicketState>) =>
      evaluate('ticket-ageing', emptyHistory({ tickets: [ticket(40, rest)] })).state;
    expect([
      state({}),
      state({ kind: 'request' }),
      state({ priority: 'low' }),
      state({ status: 'waiting-on-customer' }),
    ]).toEqual(['holds', 'clear', 'clear', 'clear']);
  });

  it('payment-overdue opens at once for what billing calls overdue, and after a week for what is open', () => {
    const invoice = (status: 'open' | 'overdue' | 'paid' | 'void', ago: number) =>
      emptyHistory({
        invoices: [entity('i1', ago, { status, amountMinor: 100, currency: 'EUR', dueAt: noonOf(ago) })],
      });
    expect(evaluate('payment-overdue', invoice('overdue', 3))).toMatchObject({
      state: 'holds',
      summary: '1 invoice overdue, by 3 days',
    });
    const open = evaluate('payment-overdue', invoice('open', 3));
    expect(open).toMatchObject({ state: 'clear', nextDueAt: noonOf(3) + 7 * DAY_MS });
    expect(evaluate('payment-overdue', invoice('open', 3), { at: open.nextDueAt ?? 0 }).state).toBe('holds');
    expect(evaluate('payment-overdue', invoice('overdue', 50)).severityStep).toBe(1);
    expect([
      evaluate('payment-overdue', invoice('paid', 30)).state,
      evaluate('payment-overdue', invoice('void', 30)).state,
    ]).toEqual(['clear', 'clear']);
  });
});

describe('onboarding, goals and renewals', () => {
  const marks = { signIn: [], value: ['first report'] };
  const visited = (...agos: number[]) => UsageDays.of(agos.map((ago) => ({ ...usageDay(ago, 4, ['open']) })));

  it('onboarding-stalled holds the day after the target without first value', () => {
    const started = (segment: string, ago: number) =>
      emptyHistory({
        profile: [profile({ segment })],
        contracts: [contract(ago, 300, { signedAt: noonOf(ago) })],
        usage: visited(ago - 3),
        users: humans(4),
        touchpoints: [touch('k', ago - 4, { purpose: 'kickoff' })],
        marks,
      });
    expect(evaluate('onboarding-stalled', started('smb', 30))).toMatchObject({
      state: 'clear',
      nextDueAt: (TODAY + 1) * DAY_MS,
    });
    expect(evaluate('onboarding-stalled', started('smb', 31))).toMatchObject({
      state: 'holds',
      summary: 'First value is 1 day late',
    });
    expect([45, 46].map((ago) => evaluate('onboarding-stalled', started('mid-market', ago)).state)).toEqual([
      'clear',
      'holds',
    ]);
    expect([90, 91].map((ago) => evaluate('onboarding-stalled', started('enterprise', ago)).state)).toEqual([
      'clear',
      'holds',
    ]);
  });

  it('onboarding-stalled: a step of ours overdue by a week; what waits on the customer is shown apart', () => {
    const at = (ago: number, rest: Partial<AccountHistory> = {}) =>
      evaluate(
        'onboarding-stalled',
        emptyHistory({ ...midMarket, contracts: [contract(ago, 300)], usage: visited(800), ...rest }),
      );
    expect([at(16).state, at(17).state]).toEqual(['clear', 'holds']);
    expect(at(17)).toMatchObject({ summary: 'Kickoff held is 7 days late' });
    expect(at(17).reason).toContain('Waits on the customer: first sign-in.');
    const theirs = { profile: [profile({ segment: 'mid-market', onboardingWaitsOn: 'customer' })] };
    expect(at(17, theirs)).toMatchObject({ state: 'clear' });
    expect(at(17, theirs).evidence.map((one) => one.label)).toContain('Kickoff held (waits on the customer)');
  });

  it('onboarding-stalled is over once everything is reached', () => {
    const usage = UsageDays.of([
      { ...usageDay(33, 4, ['open', 'first report']), usersByName: { 'first report': usageDay(33, 1).users } },
    ]);
    const done = emptyHistory({
      ...midMarket,
      contracts: [contract(40, 300)],
      usage,
      users: humans(4),
      marks,
      touchpoints: [touch('k', 38, { purpose: 'kickoff' })],
    });
    expect(evaluate('onboarding-stalled', done)).toMatchObject({
      state: 'clear',
      reason: '4 of 4 milestones reached.',
      nextDueAt: null,
    });
  });

  it('goal-change holds for a dropped goal and for progress that went back; not assessable without goals', () => {
    const goal = { name: 'Faster closing', metric: 'days-to-close', baseline: 10, target: 5 };
    const readings = (...values: number[]) => [
      {
        id: 'days-to-close',
        states: values.map((value, i) => {
          const at = noonOf(40 - 10 * i);
          return { at, knownAt: at, state: { metric: 'days-to-close', value } };
        }),
      },
    ];
    const at = (goals: ProfileState['goals'][], values: number[], previous?: PreviousSignals) =>
      evaluate(
        'goal-change',
        emptyHistory({
          profile: goals.map((one, i) => profile(one ? { goals: one } : {}, i === 0 ? 300 : 20)),
          metrics: readings(...values),
        }),
        previous ? { previous } : {},
      );
    expect(at([[goal]], [9, 7, 8.5])).toMatchObject({
      state: 'holds',
      summary: '“Faster closing” went back from 7 to 8.5; the target is 5',
    });
    expect(at([[goal]], [9, 8, 7]).state).toBe('clear');
    expect([at([[goal]], [9, 7, 7.8]).state, at([[goal]], [9, 7, 7.8], held('goal-change')).state]).toEqual([
      'clear',
      'holds',
    ]);
    expect(at([[goal], []], [])).toMatchObject({
      state: 'holds',
      nextDueAt: noonOf(20) + 60 * DAY_MS,
      summary: 'The goal “Faster closing” was dropped on 2026-02-12',
    });
    expect(at([[goal], [{ ...goal, target: 3 }]], [])).toMatchObject({ state: 'holds' });
    expect(at([undefined], [9, 7, 9])).toMatchObject({
      why: 'never',
      reason: 'Not assessable: no goals of this customer are connected.',
    });
  });

  it('renewal-unprepared holds from its horizon without a talk towards the renewal', () => {
    const at = (endIn: number, rest: Partial<AccountHistory>) =>
      evaluate('renewal-unprepared', emptyHistory({ contracts: [contract(300, endIn)], ...rest }));
    expect(at(151, enterprise)).toMatchObject({ state: 'clear', nextDueAt: (TODAY + 1) * DAY_MS });
    expect(at(150, enterprise)).toMatchObject({
      state: 'holds',
      summary: '150 days to the decision, and no renewal talk yet',
    });
    expect([at(91, midMarket).state, at(90, midMarket).state, at(20, smb).why]).toEqual(['clear', 'holds', 'off']);
    expect(at(120, { ...enterprise, touchpoints: [touch('r', 50, { purpose: 'review' })] }).state).toBe('clear');
    expect(at(120, { ...enterprise, touchpoints: [touch('c', 5, { purpose: 'check-in' })] }).state).toBe('holds');
  });

  it('renewal-talk-missed holds until another is planned, held, or it is old', () => {
    const talk = (id: string, ago: number, outcome: TouchpointState['outcome']) =>
      touch(id, ago, { outcome, purpose: 'renewal' });
    const at = (...touchpoints: AccountHistory['touchpoints'][number][]) =>
      evaluate('renewal-talk-missed', emptyHistory({ touchpoints }));
    expect(at(talk('a', 5, 'missed'))).toMatchObject({ state: 'holds', nextDueAt: noonOf(5) + 60 * DAY_MS });
    expect(at(talk('a', 9, 'missed'), talk('b', 5, 'missed')).severityStep).toBe(1);
    expect(at(talk('a', 5, 'missed'), talk('b', 2, 'held')).state).toBe('clear');
    const planned = entity('b', 2, {
      kind: 'meeting' as const,
      purpose: 'renewal' as const,
      outcome: 'scheduled' as const,
      startAt: noonOf(-6),
    });
    expect(at(talk('a', 5, 'missed'), planned).state).toBe('clear');
    expect(at(talk('a', 61, 'missed')).state).toBe('clear');
  });
});

describe('what clocks and standpoints may do', () => {
  it('an account without anything raises nothing, whatever is connected', () => {
    const inputs = liveInputs(...INPUT_KINDS);
    const nothing = evaluateSignals(
      emptyHistory({ inputs, firstSeen: noonOf(1), profile: [profile({}, 1)] }),
      asOf(NOON),
    );
    expect(nothing.filter((one) => one.state === 'holds').map((one) => one.signal)).toEqual([]);
  });

  it('a signal is due only ahead', () => {
    const history = emptyHistory({
      ...enterprise,
      contracts: [contract(300, 120)],
      touchpoints: [touch('m', 10)],
      tickets: [ticket(2)],
    });
    const due = evaluateSignals(history, asOf(NOON)).map((one) => one.nextDueAt ?? Infinity);
    expect(Math.min(...due)).toBeGreaterThan(NOON);
  });
});

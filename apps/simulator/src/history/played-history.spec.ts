import { createHash } from 'node:crypto';
import {
  type ContractChanged,
  eventByType,
  type TicketChanged,
  type UsageRecorded,
  validateData,
} from '@tenure/contracts';
import { dayOf, isoDay } from '../world/calendar.domain';
import { isSick, outsiderRoles, pastRoles, sickRoles } from '../world/cast.domain';
import { csms } from '../world/cast-accounts.domain';
import { createWorld } from '../world/world.domain';
import type { AccountPlan } from './account-plan.domain';
import { DaySlices } from './day-slices.domain';
import type { SimulatedEvent } from './event.domain';

const until = dayOf('2026-11-20');
const options = { seed: 'tenure', accounts: 300, months: 12, until };

/** One pass over the history, keeping only what the sentences below ask for. */
class Reading {
  readonly slices = new DaySlices(createWorld(options));
  readonly counts = new Map<string, number>();
  readonly ids = new Set<string>();
  readonly problems: unknown[] = [];
  readonly contracts = new Map<string, ContractChanged>();
  readonly activeByDay = new Map<string, Map<number, Set<string>>>();
  readonly state: SimulatedEvent[] = [];
  total = 0;
  bytes = 0;
  disorder = 0;
  knownLater = 0;
  private last = '';

  constructor() {
    for (const { events } of this.slices.history()) for (const event of events) this.read(event);
  }

  private read(event: SimulatedEvent): void {
    this.total += 1;
    if (this.total % 20 === 0) this.bytes += JSON.stringify(event).length * 20;
    this.counts.set(event.type, (this.counts.get(event.type) ?? 0) + 1);
    this.ids.add(`${event.source} ${event.id}`);
    if (event.time < this.last) this.disorder += 1;
    if (event.knownat !== event.time) this.knownLater += 1;
    this.last = event.time;
    const definition = eventByType(event.type);
    const answer = definition ? validateData(definition, event.data) : undefined;
    if (!answer?.ok) this.problems.push({ event, answer });
    if (event.type === 'tenure.usage.recorded.v1') return this.use(event);
    this.state.push(event);
    const contract = event.data as ContractChanged;
    if (event.type === 'tenure.contract.changed.v1') this.contracts.set(contract.contractId, contract);
  }

  private use(event: SimulatedEvent): void {
    const { accountId, userId = '', actorType } = event.data as UsageRecorded;
    if (actorType) return;
    const days = this.activeByDay.get(accountId) ?? new Map<number, Set<string>>();
    const day = dayOf(event.time.slice(0, 10));
    this.activeByDay.set(accountId, days.set(day, (days.get(day) ?? new Set()).add(userId)));
  }

  playing(role: string): AccountPlan[] {
    return this.slices.plans.filter(({ account }) => account.role === role);
  }

  /** Different people active from a day to a day, both included. */
  active(accountId: string, from: number, to: number): number {
    const people = new Set<string>();
    const days = this.activeByDay.get(accountId);
    for (let day = from; day <= to; day += 1) for (const user of days?.get(day) ?? []) people.add(user);
    return people.size;
  }

  /** Newest 14 days beside the mean of the four windows before, as the usage-decline signal sees it. */
  fastRatio(accountId: string): number {
    const windows = [1, 2, 3, 4].map((n) => this.active(accountId, until - 14 * n - 13, until - 14 * n));
    return this.active(accountId, until - 13, until) / (windows.reduce((sum, users) => sum + users, 0) / 4);
  }

  /** Weekly active people of the last four weeks beside those of the weeks 5 to 26. */
  slowRatio(accountId: string): number {
    const week = (n: number) => this.active(accountId, until - 7 * n - 6, until - 7 * n);
    const mean = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => week(from + i)).reduce((sum, users) => sum + users, 0) / (to - from);
    return mean(0, 4) / mean(4, 26);
  }

  arrOn(accountIds: ReadonlySet<string>, day: number): number {
    const date = isoDay(day);
    const inForce = (start: string, end: string) => start <= date && date <= end;
    return [...this.contracts.values()]
      .filter((one) => accountIds.has(one.accountId) && inForce(one.start, one.end))
      .flatMap((one) => one.lines.filter((line) => inForce(line.start ?? one.start, line.end ?? one.end)))
      .reduce((sum, { arr }) => sum + arr, 0);
  }

  states<T>(type: string, accountId: string): T[] {
    return this.state
      .filter((event) => event.type === `tenure.${type}.v1` && event.data.accountId === accountId)
      .map(({ data, time }) => ({ ...data, time }) as T);
  }
}

describe('the played history', () => {
  const history = new Reading();

  it('stays within its bounds and has every kind of event', () => {
    expect(history.total).toBeGreaterThan(300_000);
    expect(history.total).toBeLessThan(600_000);
    expect(history.bytes).toBeLessThan(200_000_000);
    expect([...history.counts.keys()].sort()).toEqual(
      [
        'account.changed',
        'account.merged',
        'contract.changed',
        'incident.changed',
        'invoice.changed',
        'metric.recorded',
        'stakeholder.changed',
        'survey.responded',
        'ticket.changed',
        'touchpoint.recorded',
        'usage.recorded',
        'user.changed',
      ].map((name) => `tenure.${name}.v1`),
    );
  });

  it('holds only events that the contracts accept, each with an id of its own, in the order of time, known when they happened', () => {
    expect(history.problems.slice(0, 3)).toEqual([]);
    expect(history.ids.size).toBe(history.total);
    expect(history.disorder).toBe(0);
    expect(history.knownLater).toBe(0);
  });

  it('casts every role and every shape of contract', () => {
    const roles = new Set(history.slices.plans.map(({ account }) => account.role));
    const wanted = [
      'healthy',
      'recovered',
      'onboarding',
      'overdue',
      'late-signed',
      'merged',
      ...sickRoles,
      ...pastRoles,
      ...outsiderRoles,
    ];
    expect(wanted.filter((role) => !(roles as ReadonlySet<string>).has(role))).toEqual([]);
    const accounts = history.slices.plans.map(({ account }) => account);
    expect(new Set(accounts.map(({ shape }) => shape))).toEqual(
      new Set(['annual', 'multi-year', 'monthly', 'co-termed', 'none']),
    );
    expect(new Set(accounts.map(({ currency }) => currency))).toEqual(new Set(['USD', 'EUR']));
    expect(new Set(accounts.map(({ csm }) => csm.email)).size).toBe(6);
    expect(new Set(accounts.map(({ accountId }) => accountId)).size).toBe(300);
    const ids = new Set(accounts.map(({ accountId }) => accountId));
    expect(accounts.filter(({ parentId }) => parentId && ids.has(parentId)).length).toBeGreaterThanOrEqual(8);
  });

  it('gives one CSM 65 accounts with 4.2 million of recurring revenue in force', () => {
    const book = history.slices.plans.filter(({ account }) => account.csm === csms[0]).map(({ account }) => account);
    expect(book).toHaveLength(65);
    expect(history.arrOn(new Set(book.map(({ accountId }) => accountId)), until)).toBe(4_200_000);
    expect(new Set(book.map(({ role }) => role).filter(isSick)).size).toBe(sickRoles.length);
  });

  it('lets between 6 and 16 per cent of the customers leave inside the year, and others grow and shrink', () => {
    const customers = history.slices.plans.filter(({ account }) => account.shape !== 'none');
    const left = customers.filter(({ contracts }) => contracts.lastDay !== undefined);
    expect(left.length / customers.length).toBeGreaterThan(0.06);
    expect(left.length / customers.length).toBeLessThan(0.16);
    const before = (plan: AccountPlan) =>
      history.arrOn(new Set([plan.account.accountId]), history.slices.world.start + 1);
    const after = (plan: AccountPlan) => history.arrOn(new Set([plan.account.accountId]), until);
    for (const plan of left) expect(after(plan)).toBe(0);
    expect(
      history.slices.plans.filter((plan) => after(plan) > before(plan) && before(plan) > 0).length,
    ).toBeGreaterThan(20);
    expect(history.slices.plans.filter((plan) => after(plan) < before(plan) && after(plan) > 0).length).toBeGreaterThan(
      5,
    );
  });

  it('has co-termed ends within 31 days, a late signature after its end, and one that is overdue', () => {
    const ends = (plan: AccountPlan) =>
      [...history.contracts.values()]
        .filter((one) => one.accountId === plan.account.accountId && one.status === 'active')
        .map(({ end }) => dayOf(end));
    const coTermed = history.slices.plans.filter(
      ({ account, contracts }) => account.shape === 'co-termed' && !contracts.lastDay && account.anchorEnd < until - 80,
    );
    expect(coTermed.length).toBeGreaterThan(3);
    for (const plan of coTermed) {
      expect(ends(plan)).toHaveLength(2);
      expect(Math.max(...ends(plan)) - Math.min(...ends(plan))).toBeLessThanOrEqual(31);
    }
    for (const { account } of history.playing('late-signed')) {
      const renewed = [...history.contracts.values()].find(
        (one) => one.accountId === account.accountId && one.replacesContractIds?.length,
      );
      expect(dayOf(renewed!.signedAt!.slice(0, 10))).toBeGreaterThan(dayOf(renewed!.start));
    }
    for (const plan of history.playing('overdue')) expect(Math.max(...ends(plan))).toBeLessThan(until);
  });

  it('shows a fast and a slow decline in the active people, and none in most healthy accounts', () => {
    for (const { account } of history.playing('fast-decline'))
      expect(history.fastRatio(account.accountId)).toBeLessThan(0.7);
    for (const { account } of history.playing('slow-decline'))
      expect(history.slowRatio(account.accountId)).toBeLessThan(0.75);
    const healthy = history
      .playing('healthy')
      .filter(({ account, contracts }) => !contracts.lastDay && account.firstDay < until - 200);
    const falling = healthy.filter(
      ({ account }) => history.slowRatio(account.accountId) < 0.75 || history.fastRatio(account.accountId) < 0.7,
    );
    expect(falling.length / healthy.length).toBeLessThan(0.06);
  });

  it('shows silence from one day on', () => {
    for (const { account } of history.playing('silence')) {
      expect(history.active(account.accountId, account.onset!, until)).toBe(0);
      expect(history.active(account.accountId, account.onset! - 14, account.onset! - 1)).toBeGreaterThanOrEqual(3);
    }
  });

  it('shows what the other troubles are made of', () => {
    for (const { account } of history.playing('champion-left')) {
      const left = history
        .states<{ change: string; roles: string[]; time: string }>('stakeholder.changed', account.accountId)
        .filter(({ change }) => change === 'left');
      expect(left.some(({ roles, time }) => roles.includes('champion') && dayOf(time.slice(0, 10)) >= until - 18)).toBe(
        true,
      );
    }
    for (const { account } of history.playing('ticket-spike')) {
      const opened = history
        .states<TicketChanged & { time: string }>('ticket.changed', account.accountId)
        .filter(({ change }) => change === 'opened');
      const recent = opened.filter(({ time }) => dayOf(time.slice(0, 10)) > until - 14).length;
      expect(recent).toBeGreaterThanOrEqual(8);
      expect(recent).toBeGreaterThan(2 * ((opened.length - recent) / 25));
    }
    for (const { account } of history.playing('escalation')) {
      const tickets = history.states<TicketChanged>('ticket.changed', account.accountId);
      const solved = new Set(tickets.filter(({ change }) => change === 'solved').map(({ ticketId }) => ticketId));
      expect(tickets.some(({ change, ticketId }) => change === 'escalated' && !solved.has(ticketId))).toBe(true);
    }
    for (const { account } of history.playing('negative-sentiment')) {
      const answers = history.states<{ score: number; time: string }>('survey.responded', account.accountId);
      expect(
        answers.filter(({ score, time }) => score <= 6 && dayOf(time.slice(0, 10)) >= until - 29).length,
      ).toBeGreaterThanOrEqual(2);
    }
    for (const { account } of history.playing('notice-given')) {
      expect(
        [...history.contracts.values()].some(
          (one) => one.accountId === account.accountId && one.status === 'notice-given',
        ),
      ).toBe(true);
    }
  });

  it('never shows a stalled newcomer the event that means first value', () => {
    const stalled = new Set(history.playing('onboarding-stalled').map(({ account }) => account.accountId));
    const days = [until - 30, until - 3].flatMap((day) => history.slices.on(day));
    const names = days
      .filter(({ data }) => stalled.has(data.accountId))
      .map(({ data }) => (data as UsageRecorded).event);
    expect(names.length).toBeGreaterThan(3);
    expect(names).not.toContain('Report Exported');
  });
});

describe('the same options', () => {
  const digest = (seed: string) => {
    const hash = createHash('sha256');
    for (const { events } of new DaySlices(createWorld({ seed, accounts: 120, months: 4, until })).history()) {
      hash.update(JSON.stringify(events));
    }
    return hash.digest('hex');
  };

  it('give the same bytes, and another seed gives others', () => {
    expect(digest('a')).toBe(digest('a'));
    expect(digest('a')).not.toBe(digest('b'));
  });
});

import type { AccountHistory } from '../history/account-history';
import type { AsOf, Entity, Timed } from '../history/as-of';
import { bitmapOf } from '../history/bitmap';
import { UsageDays } from '../history/usage-days';
import { DAY_MS } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import { featuresOn, standpointOf, type BacktestAccount } from './rows';

/** Whether absurd facts of the future changed what had been seen. */
export interface Canary {
  readonly checked: number;
  readonly leaks: number;
}

/** The account with a future that nobody could overlook: if any of it shows at the standpoint, the past has a leak. */
export function withAbsurdFuture(history: AccountHistory, when: AsOf): AccountHistory {
  const later = { at: when.at + DAY_MS, knownAt: when.knownAt + DAY_MS };
  // Known later of a day long past: knowledge, too, must not run ahead.
  const learned = { at: when.at - 30 * DAY_MS, knownAt: when.knownAt + DAY_MS };
  const both = <S>(id: string, state: S): Entity<S> => ({
    id,
    states: [later, learned].map((one): Timed<S> => ({ ...one, state })),
  });
  const changed = <S>(entities: readonly Entity<S>[], absurd: (state: S) => S): Entity<S>[] =>
    entities.map((one) => {
      const last = one.states.at(-1);
      return last ? { ...one, states: [...one.states, { ...learned, state: absurd(last.state) }] } : one;
    });
  const openedAt = learned.at;
  return {
    ...history,
    usage: absurdUsage(history, when),
    tickets: [
      ...changed(history.tickets, (state) => ({ ...state, status: 'open' as const, escalatedAt: openedAt })),
      both('canary', { status: 'open', priority: 'urgent', openedAt, escalatedAt: openedAt, csat: 1 }),
    ],
    stakeholders: [
      ...changed(history.stakeholders, (state) => ({ ...state, left: true })),
      both('canary', { name: 'Canary', roles: ['champion'], left: true }),
    ],
    surveys: [...history.surveys, both('canary', { kind: 'nps', score: 0 })],
    touchpoints: [
      ...history.touchpoints,
      both('canary', { kind: 'meeting', outcome: 'missed', startAt: openedAt, sentiment: -1 }),
    ],
    contracts: changed(history.contracts, (state) => ({ ...state, status: 'cancelled' as const })),
    invoices: [
      ...history.invoices,
      both('canary', { status: 'overdue', amountMinor: 1, currency: 'USD', dueAt: openedAt }),
    ],
  };
}

function absurdUsage({ usage, timeZone }: AccountHistory, when: AsOf): UsageDays {
  const [today, known] = [zonedDay(when.at, timeZone), zonedDay(when.knownAt, timeZone)];
  const users = bitmapOf(Array.from({ length: 500 }, (_, i) => i));
  const row = (day: number, knownDay: number) => ({
    day,
    knownDay,
    events: 1_000_000,
    users,
    byName: { Canary: 1_000_000 },
  });
  return UsageDays.of([
    ...usage.all(),
    row(today + 1, known + 1),
    row(today - 10, known + 1),
    row(today + 30, known + 30),
  ]);
}

/** True where the account's features on the day are the same with and without an absurd future. */
export function isCanaryQuiet(account: BacktestAccount, day: number): boolean {
  const poisoned = { ...account, history: withAbsurdFuture(account.history, standpointOf(account.history, day)) };
  return JSON.stringify(featuresOn(account, day)) === JSON.stringify(featuresOn(poisoned, day));
}

import type { Instant } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import type { AccountHistory } from './account-history';
import type { Entity, Timed } from './as-of';
import { UsageDays } from './usage-days';

/**
 * The history as if nothing had happened after the day of `instant`: what it says later is the work of the clock alone.
 * Usage is cut at the end of that day in the account's time zone, states at their event time.
 */
export function historyUntil(history: AccountHistory, instant: Instant): AccountHistory {
  const day = zonedDay(instant, history.timeZone);
  const happened = <S>(states: readonly Timed<S>[]) => states.filter((one) => one.at <= instant);
  const entities = <E extends Entity<unknown>>(list: readonly E[]): E[] =>
    list.map((one) => ({ ...one, states: happened(one.states) })).filter((one) => one.states.length > 0);
  return {
    ...history,
    usage: UsageDays.of(history.usage.all().filter((row) => row.day <= day)),
    users: entities(history.users),
    profile: happened(history.profile),
    tickets: entities(history.tickets),
    stakeholders: entities(history.stakeholders),
    surveys: entities(history.surveys),
    touchpoints: entities(history.touchpoints),
    contracts: entities(history.contracts),
    invoices: entities(history.invoices),
    ...(history.metrics && { metrics: entities(history.metrics) }),
  };
}

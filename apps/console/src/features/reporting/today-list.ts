import type { TodayItem } from '../../api/types';
import { shortMoney } from '../../format/money';

/** Rows still to be shown: those with at least one alert that has not just been acted on. */
export function waiting(items: readonly TodayItem[], done: ReadonlySet<string>): TodayItem[] {
  return items.filter((item) => item.alertIds.length === 0 || item.alertIds.some((id) => !done.has(id)));
}

/** 'Three accounts need you' with the money in it, where all amounts are of one currency. */
export function headline(items: readonly TodayItem[], more: number): string {
  const n = items.length;
  const lead = n === 1 ? '1 account needs you' : `${n} accounts need you`;
  const currencies = new Set(items.map((item) => item.currency));
  const risk = items.reduce((sum, item) => sum + (item.arrAtRisk ?? 0), 0);
  const currency = [...currencies][0];
  const money = currencies.size === 1 && risk > 0 ? ` · ${shortMoney(risk, currency)} at risk` : '';
  return `${lead}${money}${more > 0 ? ` · ${more} more can wait` : ''}`;
}

/** A decision under 30 days away, or past, is near. */
export function isNear(days: number | null): boolean {
  return days !== null && days <= 30;
}

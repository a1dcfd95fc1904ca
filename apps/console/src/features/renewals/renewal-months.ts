import type { Renewal, RenewalMonth } from '../../api/types';
import type { Category } from '../../api/types';
import { percent } from '../../format/money';
import { categoryOrder } from '../../format/words';

/** The month before (its overdue ones count) and the year to come: [from, to) in days. */
export function calendarRange(today: string): { from: string; to: string } {
  return { from: firstOf(today, -2), to: firstOf(today, 12) };
}

function firstOf(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** '2026-03' → its half-open range of days. */
export function monthRange(month: string): { from: string; to: string } {
  return { from: `${month}-01`, to: firstOf(`${month}-01`, 1) };
}

export interface MonthBar {
  month: string;
  currency: string;
  due: number;
  expected: number;
  count: number;
  parts: { category: Category; arr: number; count: number }[];
}

/** The months of one currency, without gaps between the first and the last, categories in their order. */
export function monthBars(months: readonly RenewalMonth[], currency: string): MonthBar[] {
  const mine = months.filter((entry) => entry.currency === currency).toSorted((a, b) => a.month.localeCompare(b.month));
  const last = mine.at(-1)?.month;
  const bars: MonthBar[] = [];
  for (let month = mine[0]?.month; month && last && month <= last; month = monthRange(month).to.slice(0, 7)) {
    const found = mine.find((entry) => entry.month === month);
    bars.push({
      month,
      currency,
      due: found?.due ?? 0,
      expected: found?.expected ?? 0,
      count: found?.count ?? 0,
      parts: categoryOrder.flatMap((category) => {
        const part = found?.byCategory[category];
        return part && part.arr > 0 ? [{ category, ...part }] : [];
      }),
    });
  }
  return bars;
}

/** The currencies of the calendar, the largest sum first. */
export function currencies(months: readonly RenewalMonth[]): string[] {
  const due = new Map<string, number>();
  for (const entry of months) due.set(entry.currency, (due.get(entry.currency) ?? 0) + entry.due);
  return [...due].toSorted((one, other) => other[1] - one[1]).map(([currency]) => currency);
}

const by = { model: 'model', csm: 'CSM', manager: 'manager' };

/** '82 % · prior': how sure, and on whose word. A prior is no fitted model and is called by its name. */
export function probabilityText(renewal: Pick<Renewal, 'probability' | 'probabilityBy' | 'probabilityBasis'>): string {
  if (renewal.probability === null) return '–';
  const basis = renewal.probabilityBy === 'model' ? (renewal.probabilityBasis ?? 'model') : by[renewal.probabilityBy];
  return `${percent(renewal.probability)} · ${basis}`;
}

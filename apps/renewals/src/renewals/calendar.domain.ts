import { fromMinor, type RenewalCategory, renewalCategories, type RenewalMonth, toMinor } from '@tenure/contracts';

/** What the calendar counts of a renewal. */
export interface CalendarEntry {
  readonly renewalId: string;
  /** YYYY-MM-DD */
  readonly decisionDate: string;
  readonly currency: string;
  readonly category: RenewalCategory;
  /** Major units. */
  readonly due: number;
  readonly expected: number;
}

/** Renewals by the month of their decision, one line per currency; sums are exact to the minor unit. */
export function renewalMonths(entries: readonly CalendarEntry[]): RenewalMonth[] {
  const ordered = entries.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
  return [...Map.groupBy(ordered, nameOf)].map(([name, list]) => monthOf(name, list));
}

const nameOf = ({ decisionDate, currency }: CalendarEntry): string => `${decisionDate.slice(0, 7)}|${currency}`;

function monthOf(name: string, list: readonly CalendarEntry[]): RenewalMonth {
  const [month = '', currency = ''] = name.split('|');
  const total = (amounts: readonly number[]) =>
    fromMinor(
      amounts.reduce((sum, amount) => sum + toMinor(amount, currency), 0),
      currency,
    );
  const of = (category: RenewalCategory) => {
    const own = list.filter((entry) => entry.category === category);
    return { arr: total(own.map((entry) => entry.due)), count: own.length };
  };
  return {
    month,
    currency,
    due: total(list.map((entry) => entry.due)),
    expected: total(list.map((entry) => entry.expected)),
    count: list.length,
    byCategory: Object.fromEntries(renewalCategories.map((category) => [category, of(category)])) as Record<
      RenewalCategory,
      { arr: number; count: number }
    >,
    items: list.map((entry) => entry.renewalId),
  };
}

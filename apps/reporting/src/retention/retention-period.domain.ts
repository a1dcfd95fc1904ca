import { addMonths, type EpochDay, isoFromDay } from '@tenure/scoring';

/** Half-open: `from` is in it, `to` is not. Days of the tenant's time zone. */
export interface Period {
  readonly from: EpochDay;
  readonly to: EpochDay;
}

/** The trailing twelve months up to, and without, today. */
export const trailingYear = (today: EpochDay): Period => ({ from: addMonths(today, -12), to: today });

/** The calendar months of a period; the first and the last are cut at its ends. `month` is YYYY-MM. */
export function monthsOf({ from, to }: Period): (Period & { readonly month: string })[] {
  const months: (Period & { month: string })[] = [];
  for (let start = firstOfMonth(from); start < to; start = addMonths(start, 1)) {
    const period = { from: Math.max(from, start), to: Math.min(to, addMonths(start, 1)) };
    months.push({ month: isoFromDay(start).slice(0, 7), ...period });
  }
  return months;
}

function firstOfMonth(day: EpochDay): EpochDay {
  return day - (Number(isoFromDay(day).slice(8)) - 1);
}

declare const flavour: unique symbol;
/** A number with a meaning: plain numbers fit, two different meanings do not mix. */
type Flavoured<Name extends string> = number & { readonly [flavour]?: Name };

/** Days since 1970-01-01 in a calendar whose time zone the context names (usually the account's). */
export type EpochDay = Flavoured<'EpochDay'>;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Flavoured<'Instant'>;

export const DAY_MS = 86_400_000;

/** `2026-01-31` → epoch day; NaN when it is no ISO date. */
export function dayFromIso(iso: string): EpochDay {
  return /^\d{4}-\d{2}-\d{2}/.test(iso) ? Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / DAY_MS : NaN;
}

const isoDays = new Map<EpochDay, string>();

/** Epoch day → `2026-01-31`. Kept, because every piece of evidence names its window. */
export function isoFromDay(day: EpochDay): string {
  const known = isoDays.get(day);
  if (known !== undefined) return known;
  if (isoDays.size > 20_000) isoDays.clear();
  const iso = new Date(day * DAY_MS).toISOString().slice(0, 10);
  isoDays.set(day, iso);
  return iso;
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: EpochDay): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The same day of the month, `months` later; the last day of a shorter month stands in for a missing one. */
export function addMonths(day: EpochDay, months: number): EpochDay {
  const date = new Date(day * DAY_MS);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const target = new Date(first);
  const lastOfMonth = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  return first / DAY_MS + Math.min(date.getUTCDate(), lastOfMonth) - 1;
}

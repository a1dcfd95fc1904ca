import { dayFromIso, type EpochDay, type ProfileState, type Timed } from '@tenure/scoring';
import Holidays from 'date-holidays';

const none: ReadonlySet<EpochDay> = new Set();
const firstYear = 2015;
const lastYear = 2040;

const known = new Map<string, ReadonlySet<EpochDay>>();
let codes: ReadonlyMap<string, string> | undefined;

/**
 * Public holidays of a country, as epoch days of its own calendar; the same object for the same country, because what
 * is remembered about a history is compared by it. `country` is an ISO 3166 code or the English name; one that nobody
 * knows has no holidays, for a CRM field must not stop an account's score. Data: date-holidays, CC-BY-3.0.
 */
export function countryHolidays(country: string | undefined): ReadonlySet<EpochDay> {
  if (country === undefined) return none;
  const found = known.get(country);
  if (found) return found;
  const days = read(codeOf(country));
  known.set(country, days);
  return days;
}

/** The days on which an account does not work, by the newest country it was said to be in. */
export function holidaysOf(profile: readonly Timed<ProfileState>[], own: ReadonlySet<EpochDay>): ReadonlySet<EpochDay> {
  let latest: Timed<ProfileState> | undefined;
  for (const one of profile) if (!latest || one.at >= latest.at) latest = one;
  return withTenantDays(countryHolidays(latest?.state.country), own);
}

/** A tenant's own days beside those of the country; the same object for the same two. */
export function withTenantDays(days: ReadonlySet<EpochDay>, own: ReadonlySet<EpochDay>): ReadonlySet<EpochDay> {
  if (own.size === 0) return days;
  const byDays = joined.get(own) ?? new WeakMap<ReadonlySet<EpochDay>, ReadonlySet<EpochDay>>();
  joined.set(own, byDays);
  const both = byDays.get(days) ?? new Set([...days, ...own]);
  byDays.set(days, both);
  return both;
}

const joined = new WeakMap<ReadonlySet<EpochDay>, WeakMap<ReadonlySet<EpochDay>, ReadonlySet<EpochDay>>>();

function read(code: string | undefined): ReadonlySet<EpochDay> {
  if (code === undefined) return none;
  const calendar = new Holidays(code);
  const days = new Set<EpochDay>();
  for (let year = firstYear; year <= lastYear; year++) {
    for (const { date, start, end, type } of calendar.getHolidays(year, 'en')) {
      if (type !== 'public') continue;
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
      for (let i = 0; i < length; i++) days.add(dayFromIso(date) + i);
    }
  }
  return days;
}

function codeOf(country: string): string | undefined {
  codes ??= new Map(
    Object.entries(new Holidays().getCountries('en')).flatMap(([code, name]) => [
      [code.toLowerCase(), code],
      [name.toLowerCase(), code],
    ]),
  );
  return codes.get(country.trim().toLowerCase());
}

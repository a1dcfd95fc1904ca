import { addMonths, type Day, endOfMonth, endOfQuarter } from '../world/calendar.domain';
import { type Random, randomOf } from '../world/random.domain';
import type { Segment } from './nature.domain';
import type { Estate } from './population.domain';

export type Shape = 'annual' | 'multi-year' | 'monthly';

/** What is fixed about an account of the population. */
export interface Member {
  readonly index: number;
  readonly accountId: string;
  readonly segment: Segment;
  readonly shape: Shape;
  readonly timeZone: string;
  readonly country: string;
  readonly csm: string;
  /** People with a seat at the end of its growth. */
  readonly people: number;
  readonly seats: number;
  /** Leaning to the advanced features, in log-odds: what one customer never needs is another's daily work. */
  readonly taste: number;
  /** Whole major units a year. */
  readonly arr: number;
  /** First day as a customer; may lie before the world begins. */
  readonly firstDay: Day;
  /** It began inside the world, so that its start can be seen. */
  readonly isNew: boolean;
  readonly autoRenew: boolean;
  readonly noticeDays: number;
  /** Months of a term. */
  readonly months: number;
}

const places = [
  { timeZone: 'America/New_York', country: 'US', weight: 40 },
  { timeZone: 'America/Los_Angeles', country: 'US', weight: 15 },
  { timeZone: 'Europe/London', country: 'GB', weight: 15 },
  { timeZone: 'Europe/Berlin', country: 'DE', weight: 20 },
  { timeZone: 'Australia/Sydney', country: 'AU', weight: 10 },
] as const;

const sizes: Readonly<Record<Segment, { median: number; spread: number; least: number; most: number; price: number }>> =
  {
    enterprise: { median: 60, spread: 0.7, least: 20, most: 2_000, price: 1_400 },
    'mid-market': { median: 22, spread: 0.5, least: 8, most: 200, price: 1_200 },
    smb: { median: 7, spread: 0.45, least: 3, most: 40, price: 900 },
  };

const accountsPerCsm = 60;

export function member(estate: Estate, index: number): Member {
  const random = randomOf(estate.seed, 'member', index);
  const segment: Segment = pickSegment(random);
  const shape: Shape = pickShape(random);
  const place = places[random.weighted(places.map(({ weight }) => weight))] ?? places[0];
  const { median, spread, least, most, price } = sizes[segment];
  const people = Math.round(Math.max(least, Math.min(most, median * Math.exp(random.normal(0, spread)))));
  const seats = Math.max(
    people,
    Math.round(people * random.between(1, estate.traps.simpsonSplit && segment === 'enterprise' ? 3.4 : 2.2)),
  );
  const isNew = random.chance(0.55);
  const months = shape === 'monthly' ? 1 : shape === 'annual' ? 12 : 36;
  return {
    index,
    accountId: `${estate.tenant}-${index}`,
    segment,
    shape,
    timeZone: place.timeZone,
    country: place.country,
    csm: `csm-${Math.floor(index / accountsPerCsm)}`,
    people,
    seats,
    taste: random.normal(0, 1),
    arr: Math.round((seats * price * random.between(0.8, 1.25)) / 100) * 100,
    firstDay: firstDayOf(estate, random, isNew, months),
    isNew,
    autoRenew: shape === 'monthly' || segment !== 'enterprise',
    noticeDays: shape === 'monthly' ? 0 : segment === 'smb' ? 30 : 60,
    months,
  };
}

function pickSegment(random: Random): Segment {
  const draw = random.next();
  return draw < 0.2 ? 'enterprise' : draw < 0.6 ? 'mid-market' : 'smb';
}

function pickShape(random: Random): Shape {
  const draw = random.next();
  return draw < 0.6 ? 'annual' : draw < 0.7 ? 'multi-year' : 'monthly';
}

/** Half of the starts stand at a month's or a quarter's beginning, so renewals come in waves. */
function firstDayOf(estate: Estate, random: Random, isNew: boolean, months: number): Day {
  const day = isNew
    ? random.int(estate.warmUp, estate.until - 60)
    : estate.warmUp - random.int(1, Math.max(30 * months, 365));
  const draw = random.next();
  const snapped = draw < 0.3 ? endOfQuarter(day) + 1 : draw < 0.7 ? endOfMonth(day) + 1 : day;
  const begun = isNew ? snapped : Math.min(snapped, estate.warmUp - 1);
  // Every month has this day, so that terms of months end where anyone would say.
  return new Date(begun * 86_400_000).getUTCDate() > 28 ? endOfMonth(begun) + (isNew ? 1 : -3) : begun;
}

/** Last days in force of the terms that end inside the world. */
export function termEnds(member: Member, { warmUp, until }: Estate): Day[] {
  const ends: Day[] = [];
  for (let term = 1; termEnd(member, term) <= until + 60; term += 1)
    if (termEnd(member, term) >= warmUp) ends.push(termEnd(member, term));
  return ends;
}

/** Last day of the first, second, … term. */
export const termEnd = ({ firstDay, months }: Member, term: number): Day => addMonths(firstDay, months * term) - 1;

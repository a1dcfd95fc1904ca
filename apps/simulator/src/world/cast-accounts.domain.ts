import type { Account, ContractShape, Csm, Place, WorldOptions } from './account.domain';
import { type Day, endOfMonth, endOfQuarter } from './calendar.domain';
import { type CastRole, type Segment, castRoles, castSegment, isOutsider, isPast, isSick } from './cast.domain';
import { companies } from './company-names.domain';
import { type Random, at, randomOf } from './random.domain';

const places: readonly (Place & { readonly weight: number })[] = [
  { country: 'US', timeZone: 'America/New_York', offset: -5, currency: 'USD', weight: 34 },
  { country: 'US', timeZone: 'America/Los_Angeles', offset: -8, currency: 'USD', weight: 18 },
  { country: 'CA', timeZone: 'America/Toronto', offset: -5, currency: 'USD', weight: 7 },
  { country: 'GB', timeZone: 'Europe/London', offset: 0, currency: 'USD', weight: 9 },
  { country: 'AU', timeZone: 'Australia/Sydney', offset: 10, currency: 'USD', weight: 4 },
  { country: 'DE', timeZone: 'Europe/Berlin', offset: 1, currency: 'EUR', weight: 12 },
  { country: 'FR', timeZone: 'Europe/Paris', offset: 1, currency: 'EUR', weight: 7 },
  { country: 'NL', timeZone: 'Europe/Amsterdam', offset: 1, currency: 'EUR', weight: 5 },
  { country: 'ES', timeZone: 'Europe/Madrid', offset: 1, currency: 'EUR', weight: 4 },
];

/** Who looks after the accounts: the people whom the gateway gives the demo's tenant. The first owns the book of 65. */
export const csms: readonly [Csm, ...Csm[]] = [
  { name: 'Amara Okafor', email: 'amara@tenure.local' },
  { name: 'Ben Lindqvist', email: 'ben@tenure.local' },
  { name: 'Chiara Rossi', email: 'chiara@tenure.local' },
  { name: 'Diego Alvarez', email: 'diego@tenure.local' },
  { name: 'Emi Tanaka', email: 'emi@tenure.local' },
  { name: 'Farah Haddad', email: 'farah@tenure.local' },
];

const arrRange: Readonly<Record<Segment, readonly [low: number, high: number]>> = {
  enterprise: [90_000, 240_000],
  'mid-market': [24_000, 80_000],
  smb: [3_600, 16_000],
};

/** The accounts as cast, before books, families and mergers are arranged. */
export function castAccounts(options: WorldOptions, start: Day): Account[] {
  const random = randomOf(options.seed, 'cast');
  const names = companies(randomOf(options.seed, 'companies'), options.accounts);
  return castRoles(random, options.accounts).map((role, index) => {
    const segment = castSegment(random, role);
    const company = at(names, index);
    const place = at(places, random.weighted(places.map(({ weight }) => weight)));
    const shape = shapeFor(random, role, segment);
    const dates = datesFor(random, role, shape, options.until, start);
    const [low, high] = arrRange[segment];
    return {
      index,
      accountId: company.slug,
      name: company.name,
      domain: `${company.slug}.example`,
      industry: company.industry,
      segment,
      role,
      place,
      csm: at(csms, 1 + random.int(0, csms.length - 2)),
      currency: place.currency,
      shape,
      arr: isOutsider(role) ? 0 : Math.round(random.between(low, high) / 100) * 100,
      ...dates,
      stays: isSick(role) || ['recovered', 'onboarding', 'overdue', 'late-signed', 'merged'].includes(role),
      inBook: false,
    };
  });
}

function shapeFor(random: Random, role: CastRole, segment: Segment): ContractShape {
  if (isOutsider(role) || role === 'merged') return 'none';
  if (isPast(role) || ['notice-given', 'overdue', 'late-signed', 'onboarding', 'onboarding-stalled'].includes(role)) {
    return 'annual';
  }
  const draw = random.next();
  if (segment === 'smb') return draw < 0.38 ? 'monthly' : 'annual';
  return draw < 0.18 ? 'multi-year' : draw < 0.3 ? 'co-termed' : 'annual';
}

interface Dates {
  readonly anchorEnd: Day;
  readonly firstDay: Day;
  readonly onset: Day | undefined;
}

/** Days before the end of the history on which the trouble of a role began, from and to. */
const onsetAge: Readonly<Partial<Record<CastRole, readonly [low: number, high: number]>>> = {
  'slow-decline': [84, 100],
  'fast-decline': [21, 25],
  silence: [16, 21],
  'champion-left': [4, 18],
  'ticket-spike': [8, 11],
  escalation: [3, 8],
  'negative-sentiment': [12, 22],
  'notice-given': [95, 130],
  recovered: [150, 210],
};

/** The same, before the renewal that it spoils. */
const pastOnsetAge: Readonly<Partial<Record<CastRole, readonly [low: number, high: number]>>> = {
  'past-slow-decline': [120, 165],
  'past-champion-cliff': [75, 140],
  'past-ticket-spiral': [70, 110],
};

function datesFor(random: Random, role: CastRole, shape: ContractShape, until: Day, start: Day): Dates {
  const anchorEnd = anchorFor(random, role, shape, until);
  const firstDay = firstDayFor(random, role, shape, until, anchorEnd);
  const range = onsetAge[role];
  const past = pastOnsetAge[role];
  if (range) return { anchorEnd, firstDay, onset: until - random.int(...range) };
  if (past) return { anchorEnd, firstDay, onset: Math.max(start + 60, anchorEnd - random.int(...past)) };
  const fromStart = role === 'onboarding-stalled' || role === 'past-never-onboarded';
  return { anchorEnd, firstDay, onset: fromStart ? firstDay : undefined };
}

/** Ends are uneven: half at a month's end, a third at a quarter's. */
function anchorFor(random: Random, role: CastRole, shape: ContractShape, until: Day): Day {
  if (role === 'overdue') return until - random.int(12, 25);
  if (role === 'late-signed') return until - random.int(90, 250);
  if (role === 'notice-given') return until - 365 + random.int(40, 110);
  if (shape === 'multi-year') return until + random.int(30, 800);
  const day = until - (isPast(role) ? random.int(15, 200) : random.int(15, 350));
  const draw = random.next();
  const snapped = draw < 0.3 ? endOfQuarter(day) : draw < 0.7 ? endOfMonth(day) : day;
  return snapped < until - 10 ? snapped : day;
}

function firstDayFor(random: Random, role: CastRole, shape: ContractShape, until: Day, anchorEnd: Day): Day {
  if (role === 'onboarding') return until - random.int(12, 50);
  if (role === 'onboarding-stalled') return until - random.int(53, 58);
  if (role === 'trial') return until - random.int(4, 25);
  if (role === 'prospect' || role === 'test') return until - random.int(30, 300);
  if (role === 'past-never-onboarded') return anchorEnd - 364;
  if (shape === 'multi-year') return anchorEnd - 3 * 365;
  if (shape === 'monthly') return until - random.int(90, 900);
  const newcomer = role === 'healthy' && random.chance(0.16);
  return newcomer ? until - random.int(70, 330) : anchorEnd - 365 * random.int(1, 4) + 1;
}

import type { AlertBurden, LeadTime } from './report';

/** One look at one account, rated. */
export interface RatedLook {
  readonly account: string;
  readonly csm: string | null;
  readonly day: number;
  readonly decisionDay: number;
  readonly probability: number;
  readonly lost: boolean;
}

const STAYS = 0.8;
const LOOKED_AHEAD_DAYS = 365;

/** The probability from which on a look is an alert, so that `share` of all looks are. */
export function alertThreshold(looks: readonly RatedLook[], share: number): number {
  const sorted = looks.map((one) => one.probability).sort((a, b) => b - a);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Infinity;
}

/**
 * Days before each decision on which the account had entered the alert set and stayed in it four looks in five until the
 * decision; and how many of those kept were alerted all the same, without which lead time is free.
 */
export function leadTime(looks: readonly RatedLook[], share: number): LeadTime | null {
  const threshold = alertThreshold(looks, share);
  const decisions = [...Map.groupBy(looks, (one) => `${one.account}/${one.decisionDay}`).values()];
  const ahead = decisions.map((own) => ({ lost: own[0]?.lost === true, days: daysAhead(own, threshold) }));
  const lost = ahead.filter((one) => one.lost);
  const kept = ahead.filter((one) => !one.lost);
  if (lost.length === 0 || kept.length === 0) return null;
  const caught = lost.flatMap(({ days }) => (days === null ? [] : [days])).sort((a, b) => a - b);
  const shareOf = (least: number) => caught.filter((days) => days >= least).length / lost.length;
  return {
    alertShare: looks.filter((one) => one.probability > threshold).length / looks.length,
    threshold,
    lost: lost.length,
    medianDays: caught[Math.floor(caught.length / 2)] ?? null,
    caught: shareOf(0),
    caught60: shareOf(60),
    caught90: shareOf(90),
    keptAlerted: kept.filter(({ days }) => days !== null && days >= 60).length / kept.length,
  };
}

/** Null: never entered to stay. */
export function daysAhead(own: readonly RatedLook[], threshold: number): number | null {
  const looks = own.filter((one) => one.decisionDay - one.day <= LOOKED_AHEAD_DAYS).sort((a, b) => a.day - b.day);
  const first = looks.findIndex((one, i) => {
    const rest = looks.slice(i);
    return (
      one.probability > threshold && rest.filter((each) => each.probability > threshold).length >= STAYS * rest.length
    );
  });
  const entered = looks[first];
  return entered ? entered.decisionDay - entered.day : null;
}

/** How often an account enters the alert set, per CSM and week. */
export function alertBurden(looks: readonly RatedLook[], threshold: number): AlertBurden | null {
  const days = looks.map((one) => one.day);
  const csms = new Set(looks.map((one) => one.csm ?? ''));
  const [from, to] = [Math.min(...extremes(days)), Math.max(...extremes(days))];
  const weeks = (to - from) / 7;
  if (!(weeks >= 1)) return null;
  let [entered, accounts] = [0, 0];
  for (const own of Map.groupBy(looks, (one) => one.account).values()) {
    accounts++;
    const sorted = own.toSorted((a, b) => a.day - b.day);
    sorted.forEach((one, i) => {
      if (one.probability > threshold && !((sorted[i - 1]?.probability ?? -Infinity) > threshold)) entered++;
    });
  }
  const perWeek = entered / weeks;
  return {
    perCsmAndWeek: perWeek / csms.size,
    perAccountYear: (perWeek * 365.25) / 7 / accounts,
    csms: csms.size,
    weeks,
  };
}

/** Spreading a long list into Math.min would overflow the stack. */
function extremes(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const one of values) [low, high] = [Math.min(low, one), Math.max(high, one)];
  return [low, high];
}

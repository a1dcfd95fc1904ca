import { quantileSorted } from 'simple-statistics';
import { round, windowOf } from '../features/standpoint';
import { daysOf, lastHumanUsage, nonHumans } from '../history/people';
import { addBusinessTime, businessDaysBetween, businessTimeBetween } from '../time/business-days';
import { isoFromDay } from '../time/day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  minDays: 7,
  gapFactor: 2,
  quantile: 0.95,
  lookbackDays: 365,
  /** Accounts seen on fewer days have no rhythm of their own yet. */
  minActiveDays: 5,
};
type Parameters = typeof defaults;

export const silence: SignalDefinition<Parameters> = {
  name: 'silence',
  version: 1,
  title: 'Nobody uses the product',
  condition: 'No human usage for longer than 7 business days, and than twice the account’s own 95th-percentile gap.',
  clears: 'The first person is back.',
  baseSeverity: 'high',
  inputs: ['usage'],
  needs: 'all',
  waitsOnIncident: true,
  // It takes a week to come back, so it cannot flap: it clears with the first person who returns.
  clearAfterHours: 0,
  recommendedAction: 'Call the champion: find out whether the work stopped, moved elsewhere, or something is broken.',
  defaults,
  parameters: {
    minDays: { label: 'Silent for, at least', unit: 'business days', min: 1, max: 60 },
    gapFactor: { label: 'Times the usual gap', unit: 'times', min: 1, max: 10 },
    quantile: { label: 'The usual gap is this share of all gaps', unit: 'share', min: 0.5, max: 1 },
    lookbackDays: { label: 'Gaps of the last', unit: 'days', min: 28, max: 730, integer: true },
    minActiveDays: { label: 'Days of use, at least', unit: 'days', min: 2, max: 100, integer: true },
  },
  assess,
};

/** Opens exactly when the account's business time since the last human event reaches the threshold. */
function assess(standpoint: Standpoint<Parameters>): Verdict {
  const { history, asOf, today } = standpoint;
  const last = lastHumanUsage(history, asOf);
  // A gap that ends today counts from tomorrow: today's events then leave what is remembered alone.
  const gap = last && usualGap(standpoint, Math.min(last.day, today - 1));
  if (!last || gap === null) return nothing('Too few days of use to know the account’s rhythm.');
  const days = Math.max(standpoint.parameters.minDays, standpoint.parameters.gapFactor * gap);
  const due = addBusinessTime(last.at, days, history);
  const holds = asOf.at >= due;
  const silent = businessTimeBetween(last.at, asOf.at, history);
  return {
    holds,
    since: holds ? due : null,
    summary: holds
      ? `Nobody has used the product since ${isoFromDay(last.day)}`
      : `Last used on ${isoFromDay(last.day)}`,
    reason: `No one has used the product for ${round(silent)} business days; its usual gaps are up to ${round(gap)}, the limit is ${round(days)}.`,
    evidence: [
      evidence('Business days without use', 'business-days-since-usage', 'business days', {
        value: round(silent),
        baseline: gap,
        threshold: days,
        window: windowOf(last.day, today, `since ${isoFromDay(last.day)}`),
      }),
    ],
    due: holds ? null : due,
  };
}

/** The account's own 95th-percentile gap between days of use, in business days; null without a rhythm. */
function usualGap({ history, asOf, parameters }: Standpoint<Parameters>, lastDay: number): number | null {
  const { known } = daysOf(history, asOf);
  const except = nonHumans(history, asOf);
  return history.usage.remember(
    `gap:${parameters.lookbackDays}:${parameters.quantile}`,
    { through: lastDay, known, except, holidays: history.holidays },
    () => {
      const days = history.usage.activeDays(lastDay - parameters.lookbackDays, lastDay, known, except);
      if (days.length < Math.max(2, parameters.minActiveDays)) return null;
      const gaps = days.slice(1).map((day, i) => businessDaysBetween(days[i] ?? day, day, history.holidays));
      return quantileSorted(
        gaps.sort((a, b) => a - b),
        parameters.quantile,
      );
    },
  );
}

function nothing(reason: string): Verdict {
  return { holds: false, since: null, summary: 'Not enough use yet', reason, evidence: [], due: null };
}

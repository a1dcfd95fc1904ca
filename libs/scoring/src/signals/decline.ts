import { fastChange, slowChange, type Change } from '../features/usage-windows';
import { isoFromDay, type EpochDay } from '../time/day';
import { headline, windowOf } from '../features/standpoint';
import { businessDaysBetween } from '../time/business-days';
import { dayStart } from '../time/zoned-day';
import { daysOf, nonHumans } from '../history/people';
import { evidence } from './evidence';
import type { Evidence, SignalDefinition, Standpoint, Verdict } from './signal';

/** Parameters of a decline, whatever is counted. */
export const declineDefaults = {
  fastDrop: 0.3,
  fastMinUsers: 3,
  slowDrop: 0.25,
  baseUsers: 5,
  sigmas: 2,
  /** Clears only when both drops are smaller than these. */
  clearFastDrop: 0.15,
  clearSlowDrop: 0.12,
  /** Two weeks with fewer business days than this (holidays) are not compared. */
  minBusinessDays: 8,
};
export type DeclineParameters = typeof declineDefaults;
type Parameters = DeclineParameters;

export const declineParameters: SignalDefinition<Parameters>['parameters'] = {
  fastDrop: { label: 'Drop of 14 days', unit: 'share', min: 0.05, max: 0.95 },
  fastMinUsers: { label: 'People fewer, at least', unit: 'people', min: 1, max: 1_000, integer: true },
  slowDrop: { label: 'Drop of 4 weeks against weeks 5–26', unit: 'share', min: 0.05, max: 0.95 },
  baseUsers: { label: 'People before, at least', unit: 'people', min: 2, max: 10_000, integer: true },
  sigmas: { label: 'Beyond the account’s own noise', unit: 'σ', min: 0, max: 6 },
  clearFastDrop: { label: 'Clears when the drop of 14 days is below', unit: 'share', min: 0, max: 0.9 },
  clearSlowDrop: { label: 'Clears when the drop of 4 weeks is below', unit: 'share', min: 0, max: 0.9 },
  minBusinessDays: { label: 'Business days in 14, at least', unit: 'business days', min: 1, max: 10, integer: true },
};

/** Whose decline: everyone who did anything, or who did one of these names. */
interface Counted {
  readonly names?: readonly string[];
  readonly steady: string;
  readonly sentence: (change: Change, period: string) => string;
  readonly label: string;
  readonly metric: string;
  /** Half of the events gone makes it worse. */
  readonly volume: boolean;
}

interface Check {
  readonly day: EpochDay;
  readonly fast: Change | null;
  readonly slow: Change | null;
  readonly fastHolds: boolean;
  readonly slowHolds: boolean;
}

/** The verdict on a decline of what is counted. */
export function assessDecline(standpoint: Standpoint<Parameters>, counted: Counted): Verdict {
  const { history, today, held } = standpoint;
  const now = check(standpoint, today, counted);
  const before = check(standpoint, today - 7, counted);
  const opens = (now.fastHolds || now.slowHolds) && (before.fastHolds || before.slowHolds);
  const holds = held ? !isClear(now, standpoint.parameters) : opens;
  const tomorrow = held ? today + 1 : nextChance(standpoint, counted);
  return {
    holds,
    since: holds ? (standpoint.since ?? dayStart(today - 7, history.timeZone)) : null,
    summary: holds ? headline(reasonOf(now, counted)) : counted.steady,
    reason: reasonOf(now, counted),
    evidence: evidenceOf(now, standpoint, counted),
    due: couldDecline(standpoint) ? dayStart(tomorrow, history.timeZone) : null,
    severityStep: holds && counted.volume && eventsHalved(standpoint) ? 1 : 0,
  };
}

/** One check: windows end with the day before. Remembered, because today's events cannot change it. */
function check({ history, asOf, parameters }: Standpoint<Parameters>, day: EpochDay, { names }: Counted): Check {
  const scope = { through: day - 1, known: daysOf(history, asOf).known, except: nonHumans(history, asOf) };
  const compared = history.usage.remember(`decline:${names?.join('\n') ?? ''}`, scope, () => ({
    fast: fastChange(history.usage, scope, names),
    slow: slowChange(history.usage, scope, names),
  }));
  const holidays = businessDaysBetween(day - 14, day, history.holidays) < parameters.minBusinessDays;
  const fast = holidays ? null : compared.fast;
  return {
    day,
    fast,
    slow: compared.slow,
    fastHolds:
      fast !== null && fast.baseWindows === 4 && isDrop(fast, parameters.fastDrop, parameters.fastMinUsers, parameters),
    slowHolds: compared.slow !== null && isDrop(compared.slow, parameters.slowDrop, 0, parameters),
  };
}

function isDrop(
  { now, baseline, change, sigma }: Change,
  drop: number,
  minUsers: number,
  parameters: Parameters,
): boolean {
  const fewer = baseline - now;
  return baseline >= parameters.baseUsers && change <= -drop && fewer >= minUsers && fewer > parameters.sigmas * sigma;
}

function isClear({ fast, slow }: Check, parameters: Parameters): boolean {
  if (fast === null && slow === null) return false;
  return (
    (fast === null || fast.change > -parameters.clearFastDrop) &&
    (slow === null || slow.change > -parameters.clearSlowDrop)
  );
}

/** Whether the last 26 weeks saw enough people for the clock alone to make a decline; else only new usage can. */
function couldDecline({ history, asOf, today, held, parameters }: Standpoint<Parameters>): boolean {
  const scope = { through: today - 1, known: daysOf(history, asOf).known, except: nonHumans(history, asOf) };
  const { known, except } = scope;
  const people = history.usage.remember('people:182', scope, () =>
    history.usage.countActive(today - 182, today - 1, known, except),
  );
  return held || people >= parameters.baseUsers;
}

/** The first day on which it could open: a week after a check that holds already; else a week after tomorrow's. */
function nextChance(standpoint: Standpoint<Parameters>, counted: Counted): EpochDay {
  for (let day = standpoint.today - 6; day <= standpoint.today; day++) {
    const one = check(standpoint, day, counted);
    if (one.fastHolds || one.slowHolds) return day + 7;
  }
  return standpoint.today + 8;
}

/** Event volume never opens; half of it gone makes an open one worse. */
function eventsHalved({ history, asOf, today }: Standpoint<Parameters>): boolean {
  const { known } = daysOf(history, asOf);
  const now = history.usage.events(today - 14, today - 1, known);
  const before = history.usage.events(today - 70, today - 15, known) / 4;
  return before > 0 && now <= before / 2;
}

function reasonOf({ fast, slow, fastHolds, slowHolds }: Check, { sentence }: Counted): string {
  if (fast && (fastHolds || !slowHolds)) return sentence(fast, 'the last 14 days');
  return slow ? sentence(slow, 'the last 4 weeks (weekly mean)') : 'The history is too short for a trend.';
}

function evidenceOf(
  { day, fast, slow }: Check,
  { parameters }: Standpoint<Parameters>,
  { label, metric }: Counted,
): Evidence[] {
  const lines: Evidence[] = [];
  if (fast)
    lines.push(
      evidence(`${label}, 14 days`, `${metric}-14d`, 'users', {
        value: fast.now,
        baseline: fast.baseline,
        threshold: fast.baseline * (1 - parameters.fastDrop),
        window: windowOf(day - 14, day - 1, `14 days to ${isoFromDay(day - 1)}`),
      }),
    );
  if (slow)
    lines.push(
      evidence(`${label} a week, 4 weeks`, `weekly-${metric}`, 'users', {
        value: slow.now,
        baseline: slow.baseline,
        threshold: slow.baseline * (1 - parameters.slowDrop),
        window: windowOf(day - 28, day - 1, `4 weeks to ${isoFromDay(day - 1)}`),
      }),
    );
  return lines;
}

import { changeSentence } from '../features/usage-trend';
import { fastChange, slowChange, type Change } from '../features/usage-windows';
import { isoFromDay, type EpochDay } from '../time/day';
import { headline, windowOf } from '../features/standpoint';
import { businessDaysBetween } from '../time/business-days';
import { dayStart } from '../time/zoned-day';
import { daysOf, nonHumans } from '../history/people';
import { evidence } from './evidence';
import type { Evidence, SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
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
type Parameters = typeof defaults;

interface Check {
  readonly day: EpochDay;
  readonly fast: Change | null;
  readonly slow: Change | null;
  readonly fastHolds: boolean;
  readonly slowHolds: boolean;
}

export const usageDecline: SignalDefinition<Parameters> = {
  name: 'usage-decline',
  version: 1,
  title: 'Usage is declining',
  baseSeverity: 'medium',
  inputs: ['usage'],
  needs: 'all',
  waitsOnIncident: true,
  clearAfterHours: 24,
  recommendedAction: 'Ask the champion what changed for the people who stopped, and offer a session for them.',
  defaults,
  assess,
};

function assess(standpoint: Standpoint<Parameters>): Verdict {
  const { history, today, held } = standpoint;
  const now = check(standpoint, today);
  const before = check(standpoint, today - 7);
  const opens = (now.fastHolds || now.slowHolds) && (before.fastHolds || before.slowHolds);
  const holds = held ? !isClear(now, standpoint.parameters) : opens;
  const tomorrow = held ? today + 1 : nextChance(standpoint);
  return {
    holds,
    since: holds ? (standpoint.since ?? dayStart(today - 7, history.timeZone)) : null,
    summary: holds ? headline(reasonOf(now)) : 'Usage is steady',
    reason: reasonOf(now),
    evidence: evidenceOf(now, standpoint),
    due: couldDecline(standpoint) ? dayStart(tomorrow, history.timeZone) : null,
    severityStep: holds && eventsHalved(standpoint) ? 1 : 0,
  };
}

/** One check: windows end with the day before. Remembered, because today's events cannot change it. */
function check({ history, asOf, parameters }: Standpoint<Parameters>, day: EpochDay): Check {
  const scope = { through: day - 1, known: daysOf(history, asOf).known, except: nonHumans(history, asOf) };
  const compared = history.usage.remember('decline', scope, () => ({
    fast: fastChange(history.usage, scope),
    slow: slowChange(history.usage, scope),
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
function nextChance(standpoint: Standpoint<Parameters>): EpochDay {
  for (let day = standpoint.today - 6; day <= standpoint.today; day++) {
    const one = check(standpoint, day);
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

function reasonOf({ fast, slow, fastHolds, slowHolds }: Check): string {
  if (fast && (fastHolds || !slowHolds)) return changeSentence(fast, 'the last 14 days');
  return slow ? changeSentence(slow, 'the last 4 weeks (weekly mean)') : 'The history is too short for a trend.';
}

function evidenceOf({ day, fast, slow }: Check, { parameters }: Standpoint<Parameters>): Evidence[] {
  const lines: Evidence[] = [];
  if (fast)
    lines.push(
      evidence('Active users, 14 days', 'active-users-14d', 'users', {
        value: fast.now,
        baseline: fast.baseline,
        threshold: fast.baseline * (1 - parameters.fastDrop),
        window: windowOf(day - 14, day - 1, `14 days to ${isoFromDay(day - 1)}`),
      }),
    );
  if (slow)
    lines.push(
      evidence('Weekly active users, 4 weeks', 'weekly-active-users', 'users', {
        value: slow.now,
        baseline: slow.baseline,
        threshold: slow.baseline * (1 - parameters.slowDrop),
        window: windowOf(day - 28, day - 1, `4 weeks to ${isoFromDay(day - 1)}`),
      }),
    );
  return lines;
}

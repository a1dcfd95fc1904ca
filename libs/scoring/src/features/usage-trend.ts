import { lastHumanUsage } from '../history/people';
import { isoFromDay } from '../time/day';
import type { Feature, FeatureName } from './feature';
import { absent, count, line, missing, percent, round, windowOf, type View } from './standpoint';
import { fastChange, slowChange, weeklyTrend, type Change, type Trend } from './usage-windows';

type TrendFeature = Extract<
  FeatureName,
  'active-users-14d' | 'usage-change-fast' | 'usage-change-slow' | 'days-since-usage' | LevelName | SlopeName
>;
type LevelName = 'active-users-4w' | 'active-users-13w' | 'active-users-26w';
type SlopeName = 'usage-slope-4w' | 'usage-slope-13w' | 'usage-slope-26w';

/** Below this many users on average a change is chance. */
const MIN_BASELINE = 2;

/** Windows end with yesterday: a day half over is no decline. */
export function usageTrendFeatures(view: View): Record<TrendFeature, Feature> {
  const none = absent(view, 'usage');
  if (none) return allMissing(none);
  const through = view.today - 1;
  const scope = { through, known: view.known, except: view.except };
  const fast = fastChange(view.history.usage, scope);
  const slow = slowChange(view.history.usage, scope);
  return {
    'active-users-14d': recent(view),
    'usage-change-fast': changeFeature(fast, 'the last 14 days', [
      windowOf(through - 13, through, 'last 14 days'),
      windowOf(through - 13 - 14 * (fast?.baseWindows ?? 0), through - 14, 'mean of the 14-day windows before'),
    ]),
    'usage-change-slow': changeFeature(slow, 'the last 4 weeks (weekly mean)', [
      windowOf(through - 27, through, 'last 4 weeks'),
      windowOf(through - 27 - 7 * (slow?.baseWindows ?? 0), through - 28, 'weeks before, weekly mean'),
    ]),
    'days-since-usage': sinceUsage(view),
    ...trendFeatures(view),
  };
}

function allMissing(none: Feature): Record<TrendFeature, Feature> {
  return {
    ...{ 'active-users-14d': none, 'usage-change-fast': none, 'usage-change-slow': none, 'days-since-usage': none },
    ...{ 'active-users-4w': none, 'active-users-13w': none, 'active-users-26w': none },
    ...{ 'usage-slope-4w': none, 'usage-slope-13w': none, 'usage-slope-26w': none },
  };
}

function trendFeatures(view: View): Record<LevelName | SlopeName, Feature> {
  const [four, thirteen, twentySix] = [weeklyTrend(view, 4), weeklyTrend(view, 13), weeklyTrend(view, 26)];
  return {
    'active-users-4w': levelFeature(view, four),
    'active-users-13w': levelFeature(view, thirteen),
    'active-users-26w': levelFeature(view, twentySix),
    'usage-slope-4w': slopeFeature(view, four),
    'usage-slope-13w': slopeFeature(view, thirteen),
    'usage-slope-26w': slopeFeature(view, twentySix),
  };
}

const weeksOf = (view: View, weeks: number) => windowOf(view.today - 7 * weeks, view.today - 1, `last ${weeks} weeks`);

function levelFeature(view: View, trend: Trend | null): Feature {
  if (!trend) return missing('The history is too short.');
  return {
    value: trend.level,
    reason: `${count(trend.level, 'person', 'people')} a week on average in the last ${trend.weeks} weeks.`,
    evidence: [line('Weekly active users', trend.level, 'users', weeksOf(view, trend.weeks))],
  };
}

function slopeFeature(view: View, trend: Trend | null): Feature {
  if (!trend) return missing('The history is too short for a trend.');
  if (trend.slope === null || trend.level < MIN_BASELINE) return missing('Too few people used it to speak of a trend.');
  const verb = trend.slope < 0 ? 'fell' : 'rose';
  const by = percent(Math.abs(trend.slope));
  return {
    value: trend.slope,
    reason: `Weekly active users ${verb} by ${by} a week over the last ${trend.weeks} weeks.`,
    evidence: [
      line('Change per week', trend.slope, 'share', weeksOf(view, trend.weeks)),
      line('Weekly active users', trend.level, 'users', weeksOf(view, trend.weeks)),
    ],
  };
}

function recent(view: View): Feature {
  const value = view.history.usage.countActive(view.today - 14, view.today - 1, view.known, view.except);
  const window = windowOf(view.today - 14, view.today - 1, 'last 14 days');
  return {
    value,
    reason: `${count(value, 'person', 'people')} used the product in the last 14 days.`,
    evidence: [line('Active users', value, 'users', window)],
  };
}

/** "Active users fell from 22 to 14 in the last 14 days (−36 %)." */
export function changeSentence(change: Change, period: string): string {
  const from = round(change.baseline);
  const to = round(change.now);
  if (from === to) return `Active users stayed at ${to} in ${period}.`;
  const sign = to < from ? '−' : '+';
  return `Active users ${to < from ? 'fell' : 'rose'} from ${from} to ${to} in ${period} (${sign}${percent(Math.abs(change.change))}).`;
}

function changeFeature(
  change: Change | null,
  period: string,
  [now, before]: [ReturnType<typeof windowOf>, ReturnType<typeof windowOf>],
): Feature {
  if (!change) return missing('The history is too short for a trend.');
  if (change.baseline < MIN_BASELINE) return missing('Too few people used it before to speak of a trend.');
  return {
    value: change.change,
    reason: changeSentence(change, period),
    evidence: [
      line('Active users', change.now, 'users', now),
      line('Active users before', change.baseline, 'users', before),
    ],
  };
}

function sinceUsage(view: View): Feature {
  const last = lastHumanUsage(view.history, view.asOf);
  if (!last) return missing('No usage has been seen yet.');
  const value = view.today - last.day;
  const when = value === 0 ? 'today' : value === 1 ? 'yesterday' : `${value} days ago`;
  return {
    value,
    reason: `Last used ${when}.`,
    evidence: [
      line('Days since last use', value, 'days', windowOf(last.day, view.today, `since ${isoFromDay(last.day)}`)),
    ],
  };
}

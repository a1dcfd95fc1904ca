import { count, viewOf, windowOf, type View } from '../features/standpoint';
import type { KeyFeature } from '../history/account-history';
import { popcount } from '../history/bitmap';
import { businessDaysBetween } from '../time/business-days';
import { isoFromDay, type EpochDay } from '../time/day';
import { dayStart } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** Nobody for so many days. */
  days: 14,
  /** People who used it in a week of use. */
  minUsers: 3,
  /** Of the eight weeks before, so many had that many people. */
  minWeeks: 6,
  /** Two weeks with fewer business days than this (holidays) are not judged. */
  minBusinessDays: 8,
};
type Parameters = typeof defaults;

const WEEKS = 8;

export const keyFeatureDrop: SignalDefinition<Parameters> = {
  name: 'key-feature-drop',
  version: 1,
  title: 'A key feature is no longer used',
  condition: 'A key feature that at least 3 people used in 6 of 8 weeks has had no use for 14 days.',
  clears: 'Somebody uses it again.',
  baseSeverity: 'medium',
  inputs: ['usage'],
  needs: 'all',
  waitsOnIncident: true,
  clearAfterHours: 24,
  recommendedAction: 'Ask what they do instead now, and whether something about the feature broke or was replaced.',
  defaults,
  parameters: {
    days: { label: 'Days without use', unit: 'days', min: 7, max: 90, integer: true },
    minUsers: { label: 'People a week before, at least', unit: 'people', min: 1, max: 1_000, integer: true },
    minWeeks: { label: 'Of 8 weeks, in use in at least', unit: 'times', min: 1, max: 8, integer: true },
    minBusinessDays: {
      label: 'Business days in the last 14, at least',
      unit: 'business days',
      min: 0,
      max: 10,
      integer: true,
    },
  },
  requires: ({ keyFeatures }) => (keyFeatures.length > 0 ? null : 'Not assessable: no key features are defined.'),
  assess,
};

interface Use {
  readonly feature: KeyFeature;
  /** Latest day of use within the windows looked at. */
  readonly last: EpochDay | null;
  /** People a week in the weeks that had enough of them. */
  readonly users: number;
  readonly weeks: number;
}

function assess(standpoint: Standpoint<Parameters>): Verdict {
  const { history, asOf, today, held, parameters } = standpoint;
  const view = viewOf(history, asOf);
  const uses = history.keyFeatures.map((feature) => useOf(view, feature, parameters));
  const known = uses.filter((use) => use.weeks >= parameters.minWeeks && use.last !== null);
  const dropped = known.filter((use) => today - (use.last ?? today) > parameters.days);
  const holidays = businessDaysBetween(today - 14, today, history.holidays) < parameters.minBusinessDays;
  const holds = dropped.length > 0 && (held || !holidays);
  return {
    holds,
    since: holds ? (standpoint.since ?? dayStart(onset(dropped, parameters), history.timeZone)) : null,
    summary: holds ? summaryOf(dropped) : 'Key features are in use',
    reason: holds ? reasonOf(dropped, today) : `${count(known.length, 'key feature')} in regular use, none dropped.`,
    evidence: dropped.map(({ feature, last }) =>
      evidence(`Days without ${feature.feature}`, 'days-without-key-feature', 'days', {
        value: today - (last ?? today),
        baseline: 0,
        threshold: parameters.days,
        window: windowOf(last ?? today, today, `since ${isoFromDay(last ?? today)}`),
        ids: [feature.feature],
      }),
    ),
    due: dueOf(view, known, holds, parameters),
  };
}

/**
 * Only days that are over are remembered. The eight weeks end where the time without use begins, so that the base does not
 * fade while the drop goes on: after 90 days without it the feature is taken for given up.
 */
function useOf(view: View, feature: KeyFeature, { minUsers }: Parameters): Use {
  const { usage } = view.history;
  const { today, known, except } = view;
  const { names } = feature;
  const key = `key-use:${minUsers}:${names.join('\n')}`;
  const closed = usage.remember(key, { through: today - 1, known, except }, () => {
    const last = usage.lastDayOf(names, today - 91, today - 1, known, except);
    if (last === null) return { last, users: 0, weeks: 0 };
    const weeks = Array.from({ length: WEEKS }, (_, i) => {
      const to = last - 7 * i;
      return popcount(usage.usersOf(names, to - 6, to, known, except));
    }).filter((users) => users >= minUsers);
    const users = weeks.length === 0 ? 0 : Math.round(weeks.reduce((sum, one) => sum + one, 0) / weeks.length);
    return { last, users, weeks: weeks.length };
  });
  const usedToday = closed.last !== null && popcount(usage.usersOf(names, today, today, known, except)) > 0;
  return { feature, ...closed, last: usedToday ? today : closed.last };
}

const onset = (dropped: readonly Use[], { days }: Parameters): EpochDay =>
  Math.min(...dropped.map(({ last }) => (last ?? 0) + days + 1));

function summaryOf(dropped: readonly Use[]): string {
  const [first, ...others] = dropped;
  const more = others.length > 0 ? ` and ${count(others.length, 'other key feature')}` : '';
  return `Nobody has used ${first?.feature.feature ?? ''}${more} since ${isoFromDay(first?.last ?? 0)}`;
}

function reasonOf(dropped: readonly Use[], today: EpochDay): string {
  return dropped
    .map(
      ({ feature, last, users }) =>
        `${feature.feature} was used by ${count(users, 'person', 'people')} a week and has not been used for ${count(today - (last ?? today), 'day')}.`,
    )
    .join(' ');
}

/** The morning on which the first of them has gone long enough without use; while it holds, the end of what is looked at. */
function dueOf({ history, today }: View, known: readonly Use[], holds: boolean, { days }: Parameters): number | null {
  if (known.length === 0) return null;
  const mornings = known.map(({ last }) => (last ?? today) + days + 1).filter((day) => day > today);
  const next = mornings.length > 0 ? Math.min(...mornings) : Infinity;
  const day = holds ? Math.min(next, today + 1) : Number.isFinite(next) ? next : today + 1;
  return dayStart(day, history.timeZone);
}

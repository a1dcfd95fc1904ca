import { onboardingOf, type Milestone } from '../features/onboarding';
import { count, viewOf } from '../features/standpoint';
import { isoFromDay } from '../time/day';
import { dayStart } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** A milestone that waits on us is overdue by so many days. */
  overdueDays: 7,
  /** First value later than the target by so many days. */
  valueDays: 0,
};
type Parameters = typeof defaults;

export const onboardingStalled: SignalDefinition<Parameters> = {
  name: 'onboarding-stalled',
  version: 1,
  title: 'The onboarding has stalled',
  condition:
    'A milestone that waits on us is overdue by 7 days, or there is no first value by the target: 30 days (SMB), 45 (mid-market) or 90 (enterprise) after the signature. What waits on the customer is shown apart.',
  clears: 'The milestone, and first value, are reached.',
  baseSeverity: 'medium',
  inputs: ['usage', 'contracts'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 0,
  recommendedAction: 'Name what blocks the next milestone and who removes it by when, and agree it with the sponsor.',
  defaults,
  parameters: {
    overdueDays: { label: 'A milestone of ours overdue by', unit: 'days', min: 0, max: 90, integer: true },
    valueDays: { label: 'First value later than its target by', unit: 'days', min: 0, max: 180, integer: true },
  },
  requires: (history, asOf) => {
    const onboarding = onboardingOf(viewOf(history, asOf));
    return onboarding && onboarding.milestones.length === 0 ? 'Not assessable: no milestone can be seen.' : null;
  },
  assess,
};

function assess({ history, asOf, today, parameters }: Standpoint<Parameters>): Verdict {
  const onboarding = onboardingOf(viewOf(history, asOf));
  if (!onboarding) return nothing('No onboarding is under way.');
  const open = onboarding.milestones.filter((one) => one.done === null);
  const lateFrom = ({ name, due }: Milestone) =>
    name === 'first-value' ? due + parameters.valueDays + 1 : due + parameters.overdueDays;
  // First value counts whoever it waits on; a step of the customer's own is shown, and is no failure of ours.
  const ours = open.filter((one) => one.waitsOn === 'us' || one.name === 'first-value');
  const late = ours.filter((one) => today >= lateFrom(one));
  const [first] = late;
  const theirs = open.filter((one) => one.waitsOn === 'customer' && one.due < today && !late.includes(one));
  const dues = ours.filter((one) => !late.includes(one)).map(lateFrom);
  return {
    holds: first !== undefined,
    since: first ? dayStart(lateFrom(first), history.timeZone) : null,
    summary: first ? `${first.title} is ${count(today - first.due, 'day')} late` : 'The onboarding is on its way',
    reason: reasonOf(late, theirs, onboarding.milestones),
    evidence: [...late, ...theirs].map((one) =>
      evidence(
        one.waitsOn === 'customer' ? `${one.title} (waits on the customer)` : one.title,
        'milestone-days-late',
        'days',
        {
          value: today - one.due,
          threshold: lateFrom(one) - one.due,
          ids: [one.name],
        },
      ),
    ),
    due: dues.length > 0 ? dayStart(Math.min(...dues), history.timeZone) : null,
  };
}

function reasonOf(late: readonly Milestone[], theirs: readonly Milestone[], all: readonly Milestone[]): string {
  const done = all.filter((one) => one.done !== null).length;
  const sentences = [
    `${done} of ${count(all.length, 'milestone')} reached.`,
    ...late.map((one) => `${one.title} was due on ${isoFromDay(one.due)}.`),
    ...(theirs.length > 0
      ? [`Waits on the customer: ${theirs.map((one) => one.title.toLowerCase()).join(', ')}.`]
      : []),
  ];
  return sentences.join(' ');
}

function nothing(reason: string): Verdict {
  return { holds: false, since: null, summary: 'No onboarding', reason, evidence: [], due: null };
}

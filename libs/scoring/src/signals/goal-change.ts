import { count, round, viewOf, type View } from '../features/standpoint';
import { inputStatus } from '../history/inputs';
import { stateAt, versionAt, type Timed } from '../history/as-of';
import type { Goal, MetricState, ProfileState } from '../history/entities';
import { DAY_MS, isoFromDay, type Instant } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import { evidence } from './evidence';
import type { Evidence, SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** A goal that changed within so many days. */
  changedDays: 60,
  /** Progress lost against the best reading of `readingDays`, as a share of the way from baseline to target. */
  lostProgress: 0.2,
  clearLostProgress: 0.1,
  readingDays: 90,
  minReadings: 3,
};
type Parameters = typeof defaults;

export const goalChange: SignalDefinition<Parameters> = {
  name: 'goal-change',
  version: 1,
  title: 'The customer’s goals moved',
  condition:
    'A goal of the customer was dropped or its target changed within 60 days, or progress towards one went back by a fifth of the way. Assessed where goals are stated (the account’s attribute goals).',
  clears: 'The change is 60 days old, and no more than a tenth of the way is lost.',
  baseSeverity: 'medium',
  inputs: ['metrics', 'usage'],
  needs: 'any',
  waitsOnIncident: false,
  clearAfterHours: 24,
  recommendedAction:
    'Ask what they want to reach now, write it down with a number and a date, and adapt the plan to it.',
  defaults,
  parameters: {
    changedDays: { label: 'A change is news for', unit: 'days', min: 7, max: 365, integer: true },
    lostProgress: { label: 'Progress lost, at least', unit: 'share', min: 0.02, max: 1 },
    clearLostProgress: { label: 'Clears when less is lost than', unit: 'share', min: 0, max: 1 },
    readingDays: { label: 'Against the best of', unit: 'days', min: 14, max: 365, integer: true },
    minReadings: { label: 'Readings, at least', unit: 'times', min: 2, max: 100, integer: true },
  },
  requires: (history, asOf) =>
    history.profile.some(
      (one) => (one.state.goals?.length ?? 0) > 0 && one.at <= asOf.at && one.knownAt <= asOf.knownAt,
    )
      ? null
      : 'Not assessable: no goals of this customer are connected.',
  assess,
};

function assess({ history, asOf, held, since, parameters }: Standpoint<Parameters>): Verdict {
  const view = viewOf(history, asOf);
  const change = changeOf(view, parameters);
  const goals = stateAt(history.profile, asOf)?.goals ?? [];
  const setbacks = goals.flatMap((goal) => setbackOf(view, goal, parameters) ?? []);
  const limit = held ? parameters.clearLostProgress : parameters.lostProgress;
  const back = setbacks.filter((one) => one.lost >= limit);
  const holds = change !== null || back.length > 0;
  const sentences = [...(change ? [change.sentence] : []), ...back.map((one) => one.sentence)];
  return {
    holds,
    since: holds ? (since ?? change?.at ?? asOf.at) : null,
    summary: holds ? (sentences[0] ?? '').replace(/\.$/, '') : 'Goals as before',
    reason: holds ? sentences.join(' ') : `${count(goals.length, 'goal')} as before, none going back.`,
    evidence: [...(change ? [changeEvidence(change)] : []), ...setbacks.map((one) => one.evidence)],
    due: change ? change.at + parameters.changedDays * DAY_MS : null,
  };
}

interface GoalChange {
  readonly at: Instant;
  readonly sentence: string;
  readonly goals: readonly string[];
}

const changeEvidence = ({ goals }: GoalChange): Evidence =>
  evidence('Goals changed', 'goals-changed', 'points', { value: goals.length, threshold: 1, ids: goals });

/** The goals of now beside those at the beginning of the window; a goal that is new is no risk. */
function changeOf(view: View, { changedDays }: Parameters): GoalChange | null {
  const { history, asOf } = view;
  const from = asOf.at - changedDays * DAY_MS;
  const now = versionAt(history.profile, asOf)?.state.goals ?? [];
  const before = versionAt(history.profile, { at: from, knownAt: asOf.knownAt })?.state.goals ?? [];
  const dropped = before.filter((goal) => !now.some((one) => one.name === goal.name));
  const moved = before.filter((goal) => now.some((one) => one.name === goal.name && one.target !== goal.target));
  if (dropped.length + moved.length === 0) return null;
  const names = [...dropped, ...moved].map((goal) => goal.name);
  const at = changedAt(history.profile, view, names);
  const day = isoFromDay(zonedDay(at, history.timeZone));
  const what = [
    ...dropped.map((goal) => `“${goal.name}” was dropped`),
    ...moved.map(
      (goal) => `the target of “${goal.name}” went from ${goal.target ?? 'none'} to ${targetOf(now, goal.name)}`,
    ),
  ].join(' and ');
  return { at, sentence: `The goal ${what} on ${day}.`.replace('The goal the', 'The'), goals: names };
}

const targetOf = (goals: readonly Goal[], name: string): string =>
  String(goals.find((one) => one.name === name)?.target ?? 'none');

/** When the goals last became what they are. */
function changedAt(profile: readonly Timed<ProfileState>[], { asOf }: View, names: readonly string[]): Instant {
  const seen = profile.filter((one) => one.at <= asOf.at && one.knownAt <= asOf.knownAt).sort((a, b) => b.at - a.at);
  const text = ({ state }: Timed<ProfileState>) =>
    JSON.stringify((state.goals ?? []).filter((one) => names.includes(one.name)));
  const latest = seen[0];
  if (!latest) return asOf.at;
  let at = latest.at;
  for (const one of seen) {
    if (text(one) !== text(latest)) break;
    at = one.at;
  }
  return at;
}

interface Setback {
  readonly lost: number;
  readonly sentence: string;
  readonly evidence: Evidence;
}

/** How much of the way from baseline to target was lost since the best reading of the window. */
function setbackOf(view: View, goal: Goal, { readingDays, minReadings, lostProgress }: Parameters): Setback | null {
  const { metric, target } = goal;
  if (
    metric === undefined ||
    target === undefined ||
    inputStatus(view.history.inputs, 'metrics', view.asOf.at) !== 'live'
  )
    return null;
  const readings = readingsOf(view, metric, view.asOf.at - readingDays * DAY_MS);
  const [first] = readings;
  const last = readings.at(-1);
  if (readings.length < minReadings || !first || !last) return null;
  const baseline = goal.baseline ?? first.state.value;
  if (target === baseline) return null;
  const progress = (value: number) => (value - baseline) / (target - baseline);
  const best = readings.reduce((a, b) => (progress(b.state.value) > progress(a.state.value) ? b : a));
  const lost = progress(best.state.value) - progress(last.state.value);
  const unit = last.state.unit ? ` ${last.state.unit}` : '';
  const [from, to] = [round(best.state.value), round(last.state.value)];
  return {
    lost,
    sentence: `“${goal.name}” went back from ${from} to ${to}${unit}; the target is ${round(target)}.`,
    evidence: evidence(goal.name, metric, 'units', {
      value: last.state.value,
      baseline: best.state.value,
      threshold: best.state.value - lostProgress * (target - baseline),
      ids: [metric],
    }),
  };
}

/** Readings since an instant, oldest first. */
function readingsOf(view: View, metric: string, from: Instant): Timed<MetricState>[] {
  const { at, knownAt } = view.asOf;
  return (view.history.metrics ?? [])
    .filter(({ id, states }) => id === metric || states[0]?.state.metric === metric)
    .flatMap(({ states }) => states)
    .filter((one) => one.at > from && one.at <= at && one.knownAt <= knownAt)
    .sort((a, b) => a.at - b.at || a.knownAt - b.knownAt);
}

import { derivedAt, stateAt, statesAt } from '../history/as-of';
import { bitmapOr, popcount, EMPTY_BITMAP } from '../history/bitmap';
import { isoFromDay, type EpochDay } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import type { Feature, FeatureName } from './feature';
import { SEGMENT_PACE, TEMPLATE, type MilestoneName, type MilestoneTemplate, type Pace } from './onboarding-template';
import { absent, count, isLive, line, missing, type View } from './standpoint';

type OnboardingFeature = Extract<FeatureName, 'onboarding-milestones' | 'onboarding-days-late'>;

/** A step of the onboarding, as it stands. */
export interface Milestone {
  readonly name: MilestoneName;
  readonly title: string;
  readonly due: EpochDay;
  /** The day on which it was reached; null: still open. */
  readonly done: EpochDay | null;
  readonly waitsOn: 'us' | 'customer';
}

export interface Onboarding {
  /** Signature of the first contract. */
  readonly start: EpochDay;
  /** By when there should be first value. */
  readonly target: EpochDay;
  /** Only those that can be seen with what is connected and marked. */
  readonly milestones: readonly Milestone[];
}

/** After so many days the way to first value is over, reached or not. */
export const ONBOARDING_DAYS = 365;

/** The onboarding at a standpoint; null: no contract says when it began, or it is long over. */
export function onboardingOf(view: View): Onboarding | null {
  const start = signature(view);
  if (start === null || view.today - start > ONBOARDING_DAYS) return null;
  const profile = stateAt(view.history.profile, view.asOf);
  const pace = SEGMENT_PACE[profile?.segment?.toLowerCase() ?? ''] ?? 'midMarket';
  const milestones = TEMPLATE.flatMap((one) => {
    const days = one.days[pace];
    if (days === null || !isVisible(view, one)) return [];
    const { name, title } = one;
    const waitsOn = profile?.onboardingWaitsOn ?? one.waitsOn;
    return [{ name, title, due: start + days, done: doneOn(view, name, start), waitsOn }];
  });
  return { start, target: start + valueDays(pace), milestones };
}

const valueDays = (pace: Pace): number => TEMPLATE.find((one) => one.name === 'first-value')?.days[pace] ?? 0;

/** The day on which the first contract was signed, else the day on which it begins; null: not yet. */
function signature(view: View): EpochDay | null {
  if (!isLive(view, 'contracts')) return null;
  const signed = derivedAt(view.history.contracts, view.asOf, `signed:${view.history.timeZone}`, (standing) =>
    standing
      .filter(({ state }) => state.status !== 'draft')
      .map(({ state }) =>
        state.signedAt === undefined ? state.start : zonedDay(state.signedAt, view.history.timeZone),
      )
      .reduce((first, day) => Math.min(first, day), Infinity),
  );
  return signed <= view.today ? signed : null;
}

function isVisible(view: View, { name }: MilestoneTemplate): boolean {
  const { keyFeatures, marks } = view.history;
  switch (name) {
    case 'kickoff':
      return isLive(view, 'touchpoints');
    case 'first-key-feature':
      return isLive(view, 'usage') && keyFeatures.length > 0;
    case 'first-value':
      return isLive(view, 'usage') && (marks?.value.length ?? 0) > 0;
    default:
      return isLive(view, 'usage');
  }
}

function doneOn(view: View, name: MilestoneName, start: EpochDay): EpochDay | null {
  const { keyFeatures, marks } = view.history;
  switch (name) {
    case 'kickoff':
      return kickoffOn(view, start);
    case 'first-sign-in':
      return usersReached(view, 1, start);
    case 'three-active-users':
      return usersReached(view, 3, start);
    case 'first-key-feature':
      return firstUse(
        view,
        keyFeatures.flatMap((one) => one.names),
        start,
      );
    case 'first-value':
      return firstUse(view, marks?.value ?? [], start);
  }
}

/** A month before the signature counts too: many try it out, or begin before the paper is signed. */
const EARLY_DAYS = 30;

function kickoffOn(view: View, start: EpochDay): EpochDay | null {
  const { timeZone, touchpoints } = view.history;
  const days = statesAt(touchpoints, view.asOf)
    .filter(({ state }) => state.outcome === 'held' && state.purpose === 'kickoff')
    .map(({ state }) => zonedDay(state.startAt, timeZone))
    .filter((day) => day >= start - EARLY_DAYS && day <= view.today);
  return days.length > 0 ? Math.min(...days) : null;
}

/** What a day over cannot change any more is remembered; only today is looked at anew. */
function firstDay(view: View, key: string, find: (to: EpochDay) => EpochDay | null): EpochDay | null {
  const { usage } = view.history;
  const scope = { through: view.today - 1, known: view.known, except: view.except };
  return usage.remember(key, scope, () => find(view.today - 1)) ?? find(view.today);
}

function firstUse(view: View, names: readonly string[], start: EpochDay): EpochDay | null {
  const { known, except, history } = view;
  return firstDay(view, `first:${start}:${names.join('\n')}`, (to) =>
    history.usage.firstDayOf(names, start - EARLY_DAYS, to, known, except),
  );
}

function usersReached(view: View, people: number, start: EpochDay): EpochDay | null {
  const { known, except, history } = view;
  return firstDay(view, `reached:${start}:${people}`, (to) => {
    let seen = EMPTY_BITMAP;
    for (const day of history.usage.activeDays(start - EARLY_DAYS, to, known, except)) {
      seen = bitmapOr(seen, history.usage.activeUsers(day, day, known, except));
      if (popcount(seen) >= people) return day;
    }
    return null;
  });
}

export function onboardingFeatures(view: View): Record<OnboardingFeature, Feature> {
  const onboarding = absent(view, 'contracts') ? null : onboardingOf(view);
  if (!onboarding || onboarding.milestones.length === 0) {
    const none = absent(view, 'contracts') ?? missing('No onboarding is under way.');
    return { 'onboarding-milestones': none, 'onboarding-days-late': none };
  }
  return { 'onboarding-milestones': reached(onboarding), 'onboarding-days-late': daysLate(view, onboarding) };
}

function reached({ milestones }: Onboarding): Feature {
  const done = milestones.filter((one) => one.done !== null);
  const open = milestones.filter((one) => one.done === null).map((one) => one.title.toLowerCase());
  const rest = open.length > 0 ? `; open: ${open.join(', ')}` : '';
  return {
    value: done.length / milestones.length,
    reason: `${done.length} of ${count(milestones.length, 'milestone')} reached${rest}.`,
    evidence: [
      line(
        'Milestones reached',
        done.length,
        'milestones',
        null,
        done.map((one) => one.name),
      ),
    ],
  };
}

function daysLate(view: View, { milestones }: Onboarding): Feature {
  const late = milestones.filter((one) => one.done === null && one.due < view.today);
  const latest = late.reduce<Milestone | null>((worst, one) => (worst && worst.due <= one.due ? worst : one), null);
  const value = latest ? view.today - latest.due : 0;
  return {
    value,
    reason: latest
      ? `${latest.title} was due on ${isoFromDay(latest.due)}, ${count(value, 'day')} ago.`
      : 'No milestone of the onboarding is late.',
    evidence: [
      line(
        'Days late',
        value,
        'days',
        null,
        late.map((one) => one.name),
      ),
    ],
  };
}

import { adoptionFeatures } from '../features/adoption';
import { count, percent, viewOf, windowOf, type View } from '../features/standpoint';
import { customerSince } from '../features/account';
import { SEGMENT_PACE, TEMPLATE } from '../features/onboarding-template';
import { stateAt } from '../history/as-of';
import type { EpochDay } from '../time/day';
import { dayStart } from '../time/zoned-day';
import { evidence } from './evidence';
import type { Evidence, SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** Days after the onboarding target from which it is expected. */
  graceDays: 30,
  minUtilisation: 0.4,
  clearUtilisation: 0.5,
  /** Share of the key features that should be in use. */
  minKeyFeatures: 0.34,
  /** Accounts with fewer paid or licensed seats are not judged by utilisation. */
  minSeats: 5,
};
type Parameters = typeof defaults;

export const lowAdoption: SignalDefinition<Parameters> = {
  name: 'low-adoption',
  version: 1,
  title: 'Adoption is low',
  condition:
    'From 30 days after the onboarding target: fewer than a third of the key features in use in 28 days, or fewer than 40 % of the seats active.',
  clears: 'At least 50 % of the seats are active and the key features are in use, for a week.',
  baseSeverity: 'medium',
  inputs: ['usage', 'contracts'],
  needs: 'all',
  waitsOnIncident: true,
  clearAfterHours: 168,
  recommendedAction: 'Agree with the champion which team and which use comes next, and plan a training for them.',
  defaults,
  parameters: {
    graceDays: { label: 'Days after the onboarding target', unit: 'days', min: 0, max: 365, integer: true },
    minUtilisation: { label: 'Active seats, at least', unit: 'share', min: 0.05, max: 0.95 },
    clearUtilisation: { label: 'Clears from active seats of', unit: 'share', min: 0.05, max: 1 },
    minKeyFeatures: { label: 'Key features in use, at least', unit: 'share', min: 0, max: 1 },
    minSeats: { label: 'Judged by seats from', unit: 'seats', min: 1, max: 10_000, integer: true },
  },
  assess,
};

function assess(standpoint: Standpoint<Parameters>): Verdict {
  const { history, asOf, today, held, parameters } = standpoint;
  const view = viewOf(history, asOf);
  const from = expectedFrom(view, parameters);
  if (from === null || from > today) return early(view, from);
  const values = adoptionFeatures(view);
  const found = [utilisationOf(values, standpoint), keyFeaturesOf(values, standpoint)].filter((one) => one !== null);
  const short = found.filter((one) => (held ? one.share < one.clear : one.share < one.least));
  const holds = short.length > 0;
  const reasons = (holds ? short : found).map((one) => one.sentence);
  return {
    holds,
    since: holds ? (standpoint.since ?? asOf.at) : null,
    summary: holds ? (short[0]?.summary ?? '') : 'Adoption is as expected',
    reason: reasons.join(' ') || 'Neither seats nor key features are known.',
    evidence: found.map((one) => one.evidence),
    // The window of 28 days slides at midnight.
    due: dayStart(today + 1, history.timeZone),
  };
}

/** The first day on which adoption is expected: the onboarding target and the grace after it. */
function expectedFrom(view: View, { graceDays }: Parameters): EpochDay | null {
  const start = customerSince(view);
  if (start === null) return null;
  const segment = stateAt(view.history.profile, view.asOf)?.segment?.toLowerCase() ?? '';
  const target = TEMPLATE.find((one) => one.name === 'first-value')?.days[SEGMENT_PACE[segment] ?? 'midMarket'] ?? 45;
  return start + target + graceDays;
}

function early({ history }: View, from: EpochDay | null): Verdict {
  return {
    holds: false,
    since: null,
    summary: 'Too early to judge',
    reason: from === null ? 'No contract has begun yet.' : 'The onboarding is too fresh to judge the adoption.',
    evidence: [],
    due: from === null ? null : dayStart(from, history.timeZone),
  };
}

interface Adoption {
  readonly share: number;
  readonly least: number;
  readonly clear: number;
  readonly summary: string;
  readonly sentence: string;
  readonly evidence: Evidence;
}

type Values = ReturnType<typeof adoptionFeatures>;

function utilisationOf(values: Values, { today, parameters }: Standpoint<Parameters>): Adoption | null {
  const seats = values.seats;
  const share = values['seat-utilisation'].value;
  const active = values['active-users-28d'].value;
  if (share === null || seats.value === null || seats.value < parameters.minSeats) return null;
  // Everybody who was ever known is no licence: people leave, and the list only grows.
  if (seats.reason === 'known users') return null;
  return {
    share,
    least: parameters.minUtilisation,
    clear: parameters.clearUtilisation,
    summary: `${active ?? 0} of ${seats.value} seats (${percent(share)}) are active`,
    sentence: values['seat-utilisation'].reason,
    evidence: evidence('Active people', 'seat-utilisation', 'users', {
      value: active,
      baseline: seats.value,
      threshold: Math.ceil(parameters.minUtilisation * seats.value),
      window: windowOf(today - 27, today, 'last 28 days'),
    }),
  };
}

function keyFeaturesOf(values: Values, { history, today, parameters }: Standpoint<Parameters>): Adoption | null {
  const used = values['key-features-used'];
  const all = history.keyFeatures.length;
  if (used.value === null || all === 0 || parameters.minKeyFeatures === 0) return null;
  const expected = Math.ceil(parameters.minKeyFeatures * all);
  return {
    share: used.value / all,
    least: expected / all,
    clear: expected / all,
    summary: `${used.value} of ${count(all, 'key feature')} in use, ${expected} expected`,
    sentence: used.reason,
    evidence: evidence('Key features used', 'key-features-used', 'features', {
      value: used.value,
      baseline: all,
      threshold: expected,
      window: windowOf(today - 27, today, 'last 28 days'),
      ids: used.evidence[0]?.ids ?? [],
    }),
  };
}

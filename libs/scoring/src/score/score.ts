import type { Features } from '../features/feature';
import { pieceOn, pointsOn } from '../model/curve';
import { fittedMeasures } from '../model/fitted-measures';
import type { Cap, Measure, Model } from '../model/model';
import { bandOf } from './band';
import type { Band, Contribution, HealthScore, ScoreContext } from './health';
import { largestRemainder } from './largest-remainder';

/**
 * The score of features under a model. Inside, points are integer hundredths shared out by largest remainder, so the
 * contributions add up exactly to the score. A measure without a value is left out and its weight shared by the others.
 */
export function score(features: Features, model: Model, context: ScoreContext = {}): HealthScore {
  const measures = fittedMeasures(features, model);
  const present = measures.filter((measure) => features.values[measure.metric].value !== null);
  const missing = measures.filter((measure) => !present.includes(measure));
  const coverage = share(weightOf(present), weightOf(measures));
  const lines = measured(present, features);
  const adjusted = present.length > 0 ? adjust(lines, features, model, context) : [];
  const total = present.length > 0 ? sum([...lines, ...adjusted]) : null;
  return {
    score: total === null ? null : total / 100,
    band: total === null ? fallbackBand(features, model) : decideBand(total / 100, coverage, features, model, context),
    coverage,
    contributions: [...lines, ...adjusted].map(({ hundredths, maxHundredths, ...line }) => ({
      ...line,
      points: hundredths / 100,
      maxPoints: maxHundredths / 100,
    })),
    missing: missing.map(({ name, metric }) => ({ measure: name, reason: features.values[metric].reason })),
    modelVersion: model.version,
  };
}

type Line = Omit<Contribution, 'points' | 'maxPoints'> & {
  readonly hundredths: number;
  readonly maxHundredths: number;
};

const weightOf = (measures: readonly Measure[]) => measures.reduce((total, measure) => total + measure.weight, 0);
const share = (part: number, whole: number) => (whole > 0 ? Math.round((part / whole) * 1e4) / 1e4 : 0);
const sum = (lines: readonly Line[]) => lines.reduce((total, line) => total + line.hundredths, 0);

function measured(present: readonly Measure[], features: Features): Line[] {
  const weight = weightOf(present);
  const max = largestRemainder(present.map((measure) => (10_000 * measure.weight) / weight));
  const points = largestRemainder(
    present.map((measure) => {
      const value = features.values[measure.metric].value ?? 0;
      return (100 * pointsOn(measure.curve, value) * measure.weight) / weight;
    }),
  );
  return present.map((measure, i) => {
    const { value, reason, evidence } = features.values[measure.metric];
    const { name, group, metric } = measure;
    // Rounding may give the points a hundredth more than their share of the maximum; both are shares of 100.
    const hundredths = points[i] ?? 0;
    return {
      measure: name,
      group,
      metric,
      value,
      curve: value === null ? null : pieceOn(measure.curve, value),
      reason,
      evidence,
      hundredths,
      maxHundredths: Math.max(max[i] ?? 0, hundredths),
    };
  });
}

/** Caps from the mildest to the hardest, each a line with what it takes away; then what a person set. */
function adjust(lines: readonly Line[], features: Features, model: Model, context: ScoreContext): Line[] {
  let total = sum(lines);
  const adjusted: Line[] = [];
  for (const cap of [...(model.caps ?? [])].sort((a, b) => b.at - a.at)) {
    const taken = Math.round(cap.at * 100) - total;
    if (taken >= 0 || !applies(cap, features)) continue;
    adjusted.push(capLine(cap, features, taken));
    total += taken;
  }
  const set = context.override?.score;
  if (set !== undefined && context.override)
    adjusted.push(overrideLine(context.override, Math.round(Math.min(100, Math.max(0, set)) * 100) - total));
  return adjusted;
}

function applies({ when }: Cap, features: Features): boolean {
  const { value } = features.values[when.metric];
  if (value === null) return false;
  return (when.atLeast === undefined || value >= when.atLeast) && (when.atMost === undefined || value <= when.atMost);
}

function capLine(cap: Cap, features: Features, hundredths: number): Line {
  const { value, reason, evidence } = features.values[cap.when.metric];
  const text = `${reason} The score is capped at ${cap.at}.`;
  return {
    measure: `cap:${cap.name}`,
    group: 'caps',
    metric: cap.when.metric,
    value,
    curve: null,
    reason: text,
    evidence,
    hundredths,
    maxHundredths: 0,
  };
}

function overrideLine(override: NonNullable<ScoreContext['override']>, hundredths: number): Line {
  const reason = `Set to ${override.score ?? 0} by ${override.by}: ${override.reason}`;
  const value = override.score ?? null;
  return {
    measure: 'override:score',
    group: 'overrides',
    metric: null,
    value,
    curve: null,
    reason,
    evidence: [],
    hundredths,
    maxHundredths: Math.max(0, hundredths),
  };
}

const isOnboarding = (features: Features, model: Model) =>
  (features.values['account-age-days'].value ?? Infinity) < model.onboardingDays;

const fallbackBand = (features: Features, model: Model): Band =>
  isOnboarding(features, model) ? 'onboarding' : 'unknown';

/** Too little coverage is never a colour, whatever the number or a person says; the first days are onboarding. */
function decideBand(total: number, coverage: number, features: Features, model: Model, context: ScoreContext): Band {
  if (coverage < model.coverageFloor) return fallbackBand(features, model);
  if (context.override?.band) return context.override.band;
  return isOnboarding(features, model) ? 'onboarding' : bandOf(total, model.bands, context.previousBand);
}

import { INPUT_KINDS, inputStatus, type InputKind } from '../history/inputs';
import { DAY_MS, isoFromDay } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import type { Feature, FeatureName } from './feature';
import { count, line, missing, type View } from './standpoint';

type FreshnessName = Extract<FeatureName, `freshness-${string}`>;

/** Per input 1 while it delivers, 0 once it is stale: "nothing for nine days because the integration broke" is no churn. */
export function freshnessFeatures(view: View): Record<FreshnessName, Feature> {
  const entries = INPUT_KINDS.map((kind) => [`freshness-${kind}`, freshness(view, kind)] as const);
  return Object.fromEntries(entries) as Record<FreshnessName, Feature>;
}

function freshness(view: View, kind: InputKind): Feature {
  const input = view.history.inputs[kind];
  const status = inputStatus(view.history.inputs, kind, view.asOf.at);
  if (!input || status === 'never') return missing(`No source of ${kind} is connected.`);
  if (status === 'live') return { value: 1, reason: `The source of ${kind} delivers.`, evidence: [] };
  const since = isoFromDay(zonedDay(input.freshUntil, view.history.timeZone));
  const late = Math.floor((view.asOf.at - input.freshUntil) / DAY_MS);
  return {
    value: 0,
    reason: `The source of ${kind} has been stale for ${count(late, 'day')}, since ${since}.`,
    evidence: [line(`Days without ${kind}`, late, 'days')],
  };
}

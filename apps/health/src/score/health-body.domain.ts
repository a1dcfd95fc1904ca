import type { HealthBody } from '@tenure/contracts';
import type { AccountHealth } from '@tenure/scoring';

/** The health of an account as `GET /accounts/{id}/health` and the topic give it. */
export function healthBody(health: AccountHealth, at: number): HealthBody {
  return {
    score: health.score,
    band: health.band,
    trend: health.trend,
    coverage: health.coverage,
    modelVersion: health.modelVersion,
    asOf: new Date(at).toISOString(),
    missing: health.missing.map(({ measure, reason }) => ({ measure, reason })),
    contributions: health.contributions.map(
      ({ measure, group, metric, curve, points, maxPoints, value, reason, evidence }) => ({
        measure,
        group,
        metric,
        curve: curve && { from: [...curve.from], to: [...curve.to] },
        points,
        maxPoints,
        value,
        reason,
        evidence: evidence.map((line) => ({
          label: line.label,
          metric: null,
          value: line.value,
          baseline: null,
          threshold: null,
          unit: line.unit,
          window: line.window?.label ?? null,
          ids: line.ids.slice(0, 100),
          url: null,
        })),
      }),
    ),
  };
}

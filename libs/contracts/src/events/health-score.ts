import { Type, type Static } from 'typebox';
import { defineEvent, type EventData } from '../event-definition';
import { id, instant, line, nullable, oneOf, prose, score, share, version } from '../fields';
import { topics } from '../topics';
import { bands } from '../vocabulary';
import { evidence } from './evidence';

const point = Type.Array(Type.Number(), { minItems: 2, maxItems: 2 });

const contribution = Type.Object({
  measure: id,
  /** Points of the score that this measure gives, after its weight. */
  points: Type.Number(),
  maxPoints: Type.Number(),
  /** The measure's metric, in its own unit. */
  value: nullable(Type.Number()),
  /** What is measured, by name. */
  metric: Type.Optional(nullable(id)),
  group: Type.Optional(id),
  /** The piece of the measure's curve that the value lies on, from [value, points of 100] to [value, points of 100]. */
  curve: Type.Optional(nullable(Type.Object({ from: point, to: point }))),
  reason: prose,
  evidence: Type.Array(evidence, { maxItems: 100 }),
});
export type HealthContribution = Static<typeof contribution>;

/** The health of an account, as `GET /accounts/{id}/health` answers it; contributions add up to the score. */
export const healthScoreChanged = defineEvent({
  type: 'tenure.health-score.changed.v1',
  topic: topics.healthScores,
  schema: Type.Object({
    accountId: id,
    version,
    /** 0 to 100; null while the band is unknown. */
    score: nullable(score),
    band: oneOf(bands),
    /** Points against 28 days ago under the same model. */
    trend: nullable(Type.Number({ minimum: -100, maximum: 100 })),
    /** Share of the model's weight that has data, 0 to 1. */
    coverage: share,
    modelVersion: line,
    asOf: instant,
    contributions: Type.Array(contribution, { maxItems: 100 }),
    /** Measures without a value: left out, their weight shared by the others. */
    missing: Type.Optional(Type.Array(Type.Object({ measure: id, reason: prose }), { maxItems: 100 })),
  }),
});
export type HealthScoreChanged = EventData<typeof healthScoreChanged>;

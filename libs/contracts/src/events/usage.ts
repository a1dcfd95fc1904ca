import { Type } from 'typebox';
import { defineEvent, type EventData } from '../event-definition';
import { accountNaming, freeFields, id, label, oneOf, optional } from '../fields';
import { topics } from '../topics';
import { actorTypes, environments } from '../vocabulary';

/** An end user did a named thing at the envelope's time. `environment` defaults to production, `actorType` to human. */
export const usageRecorded = defineEvent({
  type: 'tenure.usage.recorded.v1',
  topic: topics.usageEvents,
  direction: 'input',
  schema: Type.Object({
    ...accountNaming,
    userId: optional(id),
    anonymousId: optional(id),
    event: label,
    product: optional(id),
    /** How much at once; an event counts once without it. */
    quantity: optional(Type.Number({ minimum: 0, maximum: 1e12 })),
    environment: optional(oneOf(environments)),
    actorType: optional(oneOf(actorTypes)),
    /** Other groups the user acted in, {kind: id}: a workspace, a project. */
    groups: optional(
      Type.Unsafe<Record<string, string>>({ type: 'object', additionalProperties: id, maxProperties: 20 }),
    ),
    properties: optional(freeFields),
  }),
});
export type UsageRecorded = EventData<typeof usageRecorded>;

import { type EntityName, type Envelope, eventByType } from '@tenure/contracts';

/** Which entity a state event is about. */
export interface EntityRef {
  readonly entity: EntityName;
  readonly entityId: string;
}

/** The entity of a state event; undefined for events that carry no state (usage, merges, deletions). */
export function entityOf(envelope: Envelope): EntityRef | undefined {
  const definition = eventByType(envelope.type);
  if (!definition?.entity || !definition.entityId) return undefined;
  return { entity: definition.entity, entityId: definition.entityId(envelope.data) };
}

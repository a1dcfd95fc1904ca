import { Type } from 'typebox';
import { defineEvent, type EventData } from '../event-definition';
import { clearable, id, instant, label, oneOf } from '../fields';
import { topics } from '../topics';
import { sourceKinds, sourceModes, sourceStates } from '../vocabulary';

/** A source of a tenant, whole. Subject `source/{sourceId}`. `closed`: its import is complete. */
export const sourceChanged = defineEvent({
  type: 'tenure.source.changed.v1',
  topic: topics.tenantChanges,
  schema: Type.Object({
    sourceId: id,
    name: label,
    kind: oneOf(sourceKinds),
    mode: oneOf(sourceModes),
    state: oneOf(sourceStates),
    closedAt: clearable(instant),
  }),
});
export type SourceChanged = EventData<typeof sourceChanged>;

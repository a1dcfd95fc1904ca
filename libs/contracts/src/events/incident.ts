import { Type } from 'typebox';
import { notBefore } from '../checks';
import { defineEvent, type EventData } from '../event-definition';
import { accountNaming, clearable, id, ids, instant, oneOf, stateMarks } from '../fields';
import { topics } from '../topics';
import { incidentStatuses } from '../vocabulary';

/**
 * An outage of the tenant's own product. A sender names the touched accounts in `accountIds`; on the topic stands one
 * event for each of them.
 */
export const incidentChanged = defineEvent({
  type: 'tenure.incident.changed.v1',
  topic: topics.incidentEvents,
  direction: 'input',
  entity: 'incident',
  entityId: (data) => data.incidentId,
  schema: Type.Object({
    ...accountNaming,
    ...stateMarks,
    incidentId: id,
    status: oneOf(incidentStatuses),
    product: clearable(id),
    accountIds: clearable(ids),
    startedAt: instant,
    endedAt: clearable(instant),
  }),
  check: (data) => notBefore(data.endedAt, data.startedAt, '/endedAt', 'startedAt'),
});
export type IncidentChanged = EventData<typeof incidentChanged>;

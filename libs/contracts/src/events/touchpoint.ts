import { Type } from 'typebox';
import { notBefore } from '../checks';
import { defineEvent, type EventData } from '../event-definition';
import { accountNaming, clearable, email, id, instant, line, oneOf, sentiment, stateMarks, url } from '../fields';
import { topics } from '../topics';
import { touchpointKinds, touchpointOutcomes, touchpointPurposes } from '../vocabulary';

const attendee = Type.Object({
  stakeholderId: clearable(id),
  email: clearable(email),
  userId: clearable(id),
  attended: clearable(Type.Boolean()),
});

/** A meeting, call, training or e-mail with people of the account. */
export const touchpointRecorded = defineEvent({
  type: 'tenure.touchpoint.recorded.v1',
  topic: topics.touchpointEvents,
  direction: 'input',
  entity: 'touchpoint',
  entityId: (data) => data.touchpointId,
  schema: Type.Object({
    ...accountNaming,
    ...stateMarks,
    touchpointId: id,
    kind: oneOf(touchpointKinds),
    purpose: clearable(oneOf(touchpointPurposes)),
    direction: clearable(oneOf(['in', 'out'])),
    outcome: oneOf(touchpointOutcomes),
    startAt: instant,
    endAt: clearable(instant),
    attendees: clearable(Type.Array(attendee, { maxItems: 500 })),
    host: clearable(line),
    oneToMany: clearable(Type.Boolean()),
    sentiment: clearable(sentiment),
    subject: clearable(line),
    url: clearable(url),
  }),
  check: (data) => notBefore(data.endAt, data.startAt, '/endAt', 'startAt'),
});
export type TouchpointRecorded = EventData<typeof touchpointRecorded>;

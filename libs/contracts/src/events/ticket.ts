import { Type } from 'typebox';
import { defineEvent, type EventData } from '../event-definition';
import {
  accountNaming,
  clearable,
  count,
  email,
  id,
  instant,
  line,
  oneOf,
  sentiment,
  stateMarks,
  tags,
  url,
} from '../fields';
import { topics } from '../topics';
import { ticketChanges, ticketKinds, ticketPriorities, ticketStatuses } from '../vocabulary';

/** A support case, after each change. */
export const ticketChanged = defineEvent({
  type: 'tenure.ticket.changed.v1',
  topic: topics.ticketEvents,
  direction: 'input',
  entity: 'ticket',
  entityId: (data) => data.ticketId,
  schema: Type.Object({
    ...accountNaming,
    ...stateMarks,
    ticketId: id,
    change: oneOf(ticketChanges),
    status: oneOf(ticketStatuses),
    priority: oneOf(ticketPriorities),
    kind: clearable(oneOf(ticketKinds)),
    subject: clearable(line),
    requesterId: clearable(id),
    requesterEmail: clearable(email),
    product: clearable(id),
    tags: clearable(tags),
    sentiment: clearable(sentiment),
    csat: clearable(Type.Number({ minimum: 1, maximum: 5 })),
    replyCount: clearable(count),
    reopenCount: clearable(count),
    slaDueAt: clearable(instant),
    openedAt: clearable(instant),
    firstResponseAt: clearable(instant),
    solvedAt: clearable(instant),
    url: clearable(url),
  }),
});
export type TicketChanged = EventData<typeof ticketChanged>;

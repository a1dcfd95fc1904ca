import { Type } from 'typebox';
import { defineEvent, type EventData } from '../event-definition';
import { accountNaming, clearable, email, id, idsBySystem, line, oneOf, sentiment, share, stateMarks } from '../fields';
import { topics } from '../topics';
import { stakeholderChanges } from '../vocabulary';

/** A person of the account who matters to the relationship. */
export const stakeholderChanged = defineEvent({
  type: 'tenure.stakeholder.changed.v1',
  topic: topics.stakeholderChanges,
  direction: 'input',
  entity: 'stakeholder',
  entityId: (data) => data.stakeholderId,
  schema: Type.Object({
    ...accountNaming,
    ...stateMarks,
    stakeholderId: id,
    change: oneOf(stakeholderChanges),
    name: Type.String({ minLength: 1, maxLength: 500 }),
    /** The end user they are. */
    userId: clearable(id),
    email: clearable(email),
    title: clearable(line),
    /** champion, economic-buyer, ... ; the list is open. */
    roles: clearable(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 30 })),
    influence: clearable(share),
    sentiment: clearable(sentiment),
    /** The stakeholder they report to. */
    reportsTo: clearable(id),
    externalIds: clearable(idsBySystem),
    optedOut: clearable(Type.Boolean()),
  }),
});
export type StakeholderChanged = EventData<typeof stakeholderChanged>;

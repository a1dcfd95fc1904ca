import { Type } from 'typebox';
import { defineEvent, type EventData } from '../event-definition';
import { accountNaming, clearable, email, freeFields, id, instant, line, oneOf, stateMarks } from '../fields';
import { topics } from '../topics';
import { userKinds } from '../vocabulary';

/** What is known of an end user of an account. */
export const userChanged = defineEvent({
  type: 'tenure.user.changed.v1',
  topic: topics.userChanges,
  direction: 'input',
  entity: 'user',
  entityId: (data) => data.userId,
  schema: Type.Object({
    ...accountNaming,
    ...stateMarks,
    userId: id,
    anonymousId: clearable(id),
    /** The id that the same person had before. */
    previousId: clearable(id),
    email: clearable(email),
    name: clearable(line),
    title: clearable(line),
    department: clearable(line),
    role: clearable(line),
    /** Holds one of the paid seats. */
    licensed: clearable(Type.Boolean()),
    active: clearable(Type.Boolean()),
    kind: clearable(oneOf(userKinds)),
    createdAt: clearable(instant),
    traits: clearable(freeFields),
  }),
});
export type UserChanged = EventData<typeof userChanged>;

import { Type } from 'typebox';
import { decimalsFit, knownCurrency, knownTimeZone } from '../checks';
import { defineEvent, type EventData } from '../event-definition';
import {
  accountNaming,
  amountFromZero,
  clearable,
  currency,
  email,
  freeFields,
  id,
  idsBySystem,
  line,
  nullable,
  oneOf,
  optional,
  stateMarks,
  tags,
} from '../fields';
import { topics } from '../topics';
import { accountKinds, accountStages } from '../vocabulary';

const member = Type.Object({
  role: Type.String({ minLength: 1, maxLength: 100 }),
  email: optional(nullable(email)),
});

/** The profile of a customer company. */
export const accountChanged = defineEvent({
  type: 'tenure.account.changed.v1',
  topic: topics.accountChanges,
  direction: 'input',
  entity: 'account',
  entityId: (data) => data.accountId,
  schema: Type.Object({
    ...accountNaming,
    ...stateMarks,
    name: clearable(line),
    kind: clearable(oneOf(accountKinds)),
    /** A word of the tenant: enterprise, mid-market, smb, ... */
    segment: clearable(Type.String({ minLength: 1, maxLength: 100 })),
    parentId: clearable(id),
    team: clearable(Type.Array(member, { maxItems: 50 })),
    stage: clearable(oneOf(accountStages)),
    /** Major units a year; counts only while the account has no contract. */
    arr: clearable(amountFromZero),
    currency: clearable(currency),
    /** IANA name, for instance Europe/Lisbon. */
    timeZone: clearable(Type.String({ minLength: 1, maxLength: 64 })),
    country: clearable(Type.String({ minLength: 1, maxLength: 100 })),
    industry: clearable(line),
    plan: clearable(line),
    domains: clearable(Type.Array(Type.String({ minLength: 1, maxLength: 253 }), { maxItems: 200 })),
    externalIds: clearable(idsBySystem),
    tags: clearable(tags),
    attributes: clearable(freeFields),
  }),
  check: (data) =>
    knownCurrency(data.currency) ?? knownTimeZone(data.timeZone) ?? decimalsFit(data.arr, data.currency, '/arr'),
});
export type AccountChanged = EventData<typeof accountChanged>;

/** Two accounts are one: `accountId` goes on as `intoId`. */
export const accountMerged = defineEvent({
  type: 'tenure.account.merged.v1',
  topic: topics.accountChanges,
  direction: 'input',
  schema: Type.Object({ ...accountNaming, ...stateMarks, intoId: id }),
  check: ({ accountId, intoId }) =>
    accountId === intoId
      ? { code: 'wrong-value', pointer: '/intoId', detail: 'intoId must be another account than accountId.' }
      : null,
});
export type AccountMerged = EventData<typeof accountMerged>;

/** The account is to be forgotten: its rows are erased everywhere. */
export const accountDeleted = defineEvent({
  type: 'tenure.account.deleted.v1',
  topic: topics.accountChanges,
  direction: 'input',
  schema: Type.Object({ ...accountNaming, ...stateMarks }),
});
export type AccountDeleted = EventData<typeof accountDeleted>;

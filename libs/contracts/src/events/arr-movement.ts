import { Type } from 'typebox';
import { decimalsFit } from '../checks';
import { defineEvent, type EventData } from '../event-definition';
import { currency, day, id, money, nullable, oneOf, optional, prose, version } from '../fields';
import { topics } from '../topics';
import { movementKinds } from '../vocabulary';

/** One dated movement of the ARR ledger. */
export const arrMoved = defineEvent({
  type: 'tenure.arr.moved.v1',
  topic: topics.arrMovements,
  schema: Type.Object({
    accountId: id,
    version,
    movementId: id,
    /** The first day on which the new ARR counts. */
    date: day,
    kind: oneOf(movementKinds),
    product: nullable(id),
    contractId: nullable(id),
    /** Signed, major units a year. */
    amount: money,
    currency,
    /** The account's ARR in this currency after the movement. */
    arrAfter: money,
    reason: nullable(prose),
    /** True: the ledger no longer has it. Its amount is then 0, so that who only adds up needs not look here. */
    removed: optional(Type.Boolean()),
  }),
  check: (data) =>
    decimalsFit(data.amount, data.currency, '/amount') ?? decimalsFit(data.arrAfter, data.currency, '/arrAfter'),
});
export type ArrMoved = EventData<typeof arrMoved>;

import { Type } from 'typebox';
import { decimalsFit, knownCurrency } from '../checks';
import { defineEvent, type EventData } from '../event-definition';
import { accountNaming, clearable, currency, id, instant, money, oneOf, stateMarks } from '../fields';
import { topics } from '../topics';
import { invoiceStatuses } from '../vocabulary';

/** An invoice, after each change. A credit note has a negative amount. */
export const invoiceChanged = defineEvent({
  type: 'tenure.invoice.changed.v1',
  topic: topics.billingEvents,
  direction: 'input',
  entity: 'invoice',
  entityId: (data) => data.invoiceId,
  schema: Type.Object({
    ...accountNaming,
    ...stateMarks,
    invoiceId: id,
    contractId: clearable(id),
    status: oneOf(invoiceStatuses),
    amount: money,
    currency,
    dueAt: instant,
    paidAt: clearable(instant),
  }),
  check: (data) => knownCurrency(data.currency) ?? decimalsFit(data.amount, data.currency, '/amount'),
});
export type InvoiceChanged = EventData<typeof invoiceChanged>;

import {
  accountChanged,
  accountDeleted,
  accountMerged,
  contractChanged,
  incidentChanged,
  invoiceChanged,
  metricRecorded,
  stakeholderChanged,
  surveyResponded,
  ticketChanged,
  touchpointRecorded,
  usageRecorded,
  userChanged,
  type Envelope,
  type EventDefinition,
} from '@tenure/contracts';
import { buildEnvelope, type EventFields } from './envelope';

type Builder<T> = (data?: Partial<T>, fields?: EventFields) => Envelope<T & { accountId: string }>;

/** Each event takes its defaults from here, and the rest from the test that says what matters to it. */
const builder =
  <T>(definition: EventDefinition<T>, defaults: Partial<T>): Builder<T> =>
  (data = {}, fields = {}) =>
    buildEnvelope(definition, { ...defaults, ...data }, fields);

/** A valid event of every kind that tenants send: `build.ticket({ priority: 'urgent' }, { account: 'a-7' })`. */
export const build = {
  usage: builder(usageRecorded, { userId: 'user-1', event: 'Report Viewed' }),
  user: builder(userChanged, { userId: 'user-1', email: 'uma@account-1.test', name: 'Uma User' }),
  metric: builder(metricRecorded, { metric: 'storage', value: 42, unit: 'GB', at: '2026-03-02T00:00:00.000Z' }),
  ticket: builder(ticketChanged, { ticketId: 'ticket-1', change: 'opened', status: 'open', priority: 'normal' }),
  stakeholder: builder(stakeholderChanged, { stakeholderId: 'stakeholder-1', change: 'added', name: 'Stella Holder' }),
  account: builder(accountChanged, { name: 'Account One', segment: 'enterprise', arr: 120_000, currency: 'USD' }),
  merged: builder(accountMerged, { intoId: 'account-2' }),
  deleted: builder(accountDeleted, {}),
  contract: builder(contractChanged, {
    contractId: 'contract-1',
    status: 'active',
    start: '2026-01-01',
    end: '2026-12-31',
    currency: 'USD',
    lines: [{ lineId: 'line-1', product: 'core', kind: 'recurring', arr: 120_000 }],
  }),
  invoice: builder(invoiceChanged, {
    invoiceId: 'invoice-1',
    contractId: 'contract-1',
    status: 'open',
    amount: 10_000,
    currency: 'USD',
    dueAt: '2026-03-31T00:00:00.000Z',
  }),
  survey: builder(surveyResponded, { responseId: 'response-1', kind: 'nps', score: 9 }),
  touchpoint: builder(touchpointRecorded, {
    touchpointId: 'touchpoint-1',
    kind: 'meeting',
    outcome: 'held',
    startAt: '2026-03-02T09:00:00.000Z',
  }),
  incident: builder(incidentChanged, {
    incidentId: 'incident-1',
    status: 'open',
    startedAt: '2026-03-02T08:00:00.000Z',
  }),
};

import { randomUUID } from 'node:crypto';
import { partitionKey, type Envelope, type EventDefinition } from '@tenure/contracts';

/** What a test may say about an event; everything has a default. */
export interface EventFields {
  /** Default `acme`. */
  readonly tenant?: string;
  /** Default `account-1`. */
  readonly account?: string;
  readonly id?: string;
  readonly source?: string;
  /** When it happened; default 2026-03-02T10:00:00.000Z. */
  readonly time?: string;
  /** Default: one second after `time`. */
  readonly receivedat?: string;
  readonly knownat?: string;
  readonly sequence?: string;
  readonly traceparent?: string;
}

const someTime = '2026-03-02T10:00:00.000Z';
const wayMs = 1_000;

/** An event as it stands on its topic. `accountId` is set in its data as well. */
export function buildEnvelope<T>(
  definition: EventDefinition<T>,
  data: object,
  fields: EventFields = {},
): Envelope<T & { accountId: string }> {
  const { tenant = 'acme', account = 'account-1', time = someTime, ...rest } = fields;
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/sources/test',
    receivedat: new Date(Date.parse(time) + wayMs).toISOString(),
    ...rest,
    type: definition.type,
    subject: account,
    time,
    tenantid: tenant,
    partitionkey: partitionKey(tenant, account),
    datacontenttype: 'application/json',
    data: { ...data, accountId: account } as T & { accountId: string },
  };
}

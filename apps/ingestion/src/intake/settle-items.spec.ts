import { type Envelope, eventByType, partitionKey, validateData, validateEnvelope } from '@tenure/contracts';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';

import { eventItem } from '../cloudevents/read-events.domain';
import { batchItems } from '../segment/read-calls.domain';
import { fingerprint } from './accept-items.handler';
import type { Arrival } from './candidate.domain';
import { type Document, parseDocument } from './document.domain';
import { RecordEncoder } from './record.domain';
import { settleItems } from './settle-items.domain';

const arrival: Arrival = { tenantId: 'acme', sourceId: 'src_1', importing: true, receivedMs: Date.UTC(2026, 4, 3) };
const found = new Map([['user:u1', [{ since: -Infinity, accountId: 'a1' }]]]);

// Texts that hurt: NUL, half surrogates, blanks, long ones; and the values that calls are made of.
const text = fc.oneof(
  fc.constantFrom('u1', 'u2', '', ' ', '\0', '\ud800', 'a\0b', '__proto__', 'x'.repeat(600), '2026-05-03T00:00:00Z'),
  fc.string({ unit: 'binary' }),
);
const value = fc.oneof(text, fc.integer(), fc.double(), fc.constant(null), fc.boolean(), fc.object({ maxDepth: 3 }));
const call = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      type: fc.oneof(fc.constantFrom('track', 'identify', 'group', 'page', 'screen', 'alias'), text),
      userId: value,
      anonymousId: value,
      previousId: value,
      groupId: value,
      event: value,
      name: value,
      messageId: value,
      timestamp: value,
      sentAt: value,
      traits: fc.oneof(
        value,
        fc.dictionary(fc.constantFrom('email', 'name', 'arr', 'domains', 'createdAt', 'x'), value),
      ),
      properties: value,
      context: fc.oneof(value, fc.record({ groupId: value, knownAt: value }, { requiredKeys: [] })),
    },
    { requiredKeys: ['type'] },
  ),
);
const usual = fc.record({
  specversion: fc.constant('1.0'),
  id: fc.uuid(),
  source: fc.constant('crm'),
  type: fc.constant('tenure.usage.recorded.v1'),
  data: fc.record({ userId: fc.constantFrom('u1', 'u2'), event: fc.constantFrom('e', '') }),
});
const cloudEvent = fc.oneof(
  fc.jsonValue(),
  usual,
  fc.record(
    {
      specversion: fc.constantFrom('1.0', '0.3'),
      id: text,
      source: text,
      type: fc.constantFrom('tenure.usage.recorded.v1', 'tenure.account.changed.v1', 'tenure.event.held.v1'),
      time: value,
      knownat: value,
      sequence: value,
      data: fc.record(
        { accountId: value, accountRef: value, accountDomain: value, userId: value, event: text },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['specversion', 'id', 'source', 'type'] },
  ),
);

const documentOf = (sent: unknown): Document => {
  const document = parseDocument(Buffer.from(JSON.stringify(sent)));
  if (!document) throw new Error('not JSON');
  return document;
};

/** Every record is one that a consumer takes: an envelope of ours, on its topic, under its key, with valid data. */
function expectConsumable(records: readonly { topic: { name: string }; key: string; value: string }[]): void {
  for (const record of records) {
    const envelope = JSON.parse(record.value.toString()) as Envelope<{ accountId?: string }>;
    expect(validateEnvelope(envelope)).toEqual({ ok: true });
    const definition = eventByType(envelope.type)!;
    expect(definition.topic.name).toBe(record.topic.name);
    expect(validateData(definition, envelope.data)).toEqual({ ok: true });
    expect(record.key).toBe(envelope.partitionkey);
    const { accountId } = envelope.data;
    const subject = definition.direction === 'input' ? accountId : envelope.subject;
    expect(record.key).toBe(partitionKey('acme', subject ?? ''));
  }
}

describe('Whatever is sent', () => {
  it.each(['segment', 'cloudevents'])('is accepted, held or refused (%s), and can be consumed', (door) => {
    const seen = { accepted: 0, held: 0, rejected: 0 };
    const list = fc.array(door === 'segment' ? call : cloudEvent, { maxLength: 8 });
    fc.assert(
      fc.property(list, (sent) => {
        const document = documentOf({ batch: sent });
        const batch = document.value as { batch: unknown[] };
        const items =
          door === 'segment'
            ? batchItems(batch, document, arrival, randomUUID, 32_768)
            : batch.batch.map((each) => eventItem(each, document, arrival, 32_768));
        const { records, receipt } = settleItems(
          items,
          found,
          new RecordEncoder(arrival, undefined, fingerprint),
          randomUUID,
        );
        expect(receipt.accepted + receipt.held + receipt.rejected.length).toBe(sent.length);
        seen.accepted += receipt.accepted;
        seen.held += receipt.held;
        seen.rejected += receipt.rejected.length;
        expect(records.length).toBeGreaterThanOrEqual(sent.length);
        expectConsumable(records);
      }),
      { numRuns: 400 },
    );
    // Else the property would hold for the wrong reason.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });
});

import { randomBytes } from 'node:crypto';
import { topics, type Envelope, type RiskAlert } from '@tenure/contracts';
import { eventually, startStack, type TestStack } from '@tenure/testing';
import { readTopic } from '../client/read-topic';
import { SpanCollector, type CollectedSpan } from '../client/span-collector';
import { cloudEvent, createTenant, type Tenant } from '../client/tenant';

jest.setTimeout(180_000);

/** The span at the beginning of this one's trace, as far as it was collected. */
function rootOf(span: CollectedSpan | undefined, spans: readonly CollectedSpan[]): CollectedSpan | undefined {
  const parent = spans.find(({ spanId }) => spanId === span?.parentSpanId);
  return parent ? rootOf(parent, spans) : span;
}

describe('One trace', () => {
  let collector: SpanCollector;
  let stack: TestStack;
  let tenant: Tenant;

  beforeAll(async () => {
    collector = await SpanCollector.start();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' };
    stack = await startStack({ only: ['gateway', 'ingestion', 'health'], env });
    tenant = await createTenant(stack, 'acme');
  });

  afterAll(async () => {
    await stack?.stop();
    await collector?.stop();
  });

  const alertOf = (account: string) =>
    eventually(
      async () => {
        const records = await readTopic(stack.brokers, topics.riskAlerts.name);
        const found = records.find(({ value }) => (JSON.parse(value) as Envelope<RiskAlert>).subject === account);
        if (!found) throw new Error(`There is no alert on ${account} yet.`);
        return found;
      },
      { timeoutMs: 20_000 },
    );

  it('leads from a request at ingestion through Kafka and health to the alert on its topic', async () => {
    const traceId = randomBytes(16).toString('hex');
    const parent = randomBytes(8).toString('hex');
    const ticket = { accountId: 'globex', ticketId: 't-1', change: 'escalated', status: 'open', priority: 'urgent' };
    const sent = await tenant.send([cloudEvent('ticket.changed', 'e-1', ticket)], {
      traceparent: `00-${traceId}-${parent}-01`,
    });
    expect(sent.status).toBe(202);

    const alert = await alertOf('globex');
    const [, headerTrace, headerSpan] = alert.headers['traceparent']?.split('-') ?? [];
    expect(headerTrace).toBe(traceId);
    expect((JSON.parse(alert.value) as Envelope).traceparent).toContain(traceId);

    await eventually(() => {
      const spans = collector.of(traceId);
      const names = spans.map(({ service, name }) => `${service}: ${name}`);
      expect(names).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^ingestion: POST/),
          'ingestion: publish ticket-events.v1',
          'health: process ticket-events.v1',
          'health: publish risk-alerts.v1',
        ]),
      );
      // Whoever reads the alert goes on from its publication, and that hangs together with the request.
      const published = spans.find(({ spanId }) => spanId === headerSpan);
      expect(published?.name).toBe('publish risk-alerts.v1');
      expect(rootOf(published, spans)?.parentSpanId).toBe(parent);
      expect(spans.some(({ service, name }) => service === 'health' && name.startsWith('pg'))).toBe(true);
    });
  });
});

import { Analytics } from '@segment/analytics-node';
import type { DestinationRow, Envelope, HealthBody, RiskAlert, UsageBody } from '@tenure/contracts';
import { eventually, startStack, type TestStack } from '@tenure/testing';
import { Kafka, logLevel } from 'kafkajs';
import { Webhook } from 'standardwebhooks';
import { readTopic } from '../client/read-topic';
import { cloudEvent, createTenant, type Tenant } from '../client/tenant';
import { WebhookReceiver } from '../client/webhook-receiver';

jest.setTimeout(180_000);

const fromNow = { timeoutMs: 20_000 };
const escalated = { change: 'escalated', status: 'open', priority: 'urgent', subject: 'Export is broken' };

describe('The first five minutes of a tenant', () => {
  let stack: TestStack;
  let tenant: Tenant;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    const env = { TENURE_ALLOW_PRIVATE_DESTINATIONS: '1' };
    stack = await startStack({ only: ['gateway', 'ingestion', 'health', 'notifications'], env });
  });

  afterAll(async () => {
    await stack?.stop();
    await receiver?.stop();
  });

  it('begin with the command line: a tenant, a sign-in link, an API key and a write key', async () => {
    tenant = await createTenant(stack, 'acme');
    expect(tenant.signInLink).toMatch(/^http:\/\/localhost:\d+\//);
    expect((await tenant.get<{ tenant: { id: string } }>('/api/v1/me')).status).toBe(200);
  });

  it('go on with the published Segment SDK, unchanged: usage and an explained score are there a moment later', async () => {
    const analytics = new Analytics({ writeKey: tenant.writeKey, host: stack.urls.ingestion, flushAt: 1 });
    analytics.group({ userId: 'uma', groupId: 'globex', traits: { name: 'Globex' } });
    analytics.track({ userId: 'uma', event: 'Report Exported', context: { groupId: 'globex' } });
    analytics.track({ userId: 'ugo', event: 'Report Exported', context: { groupId: 'globex' } });
    await analytics.closeAndFlush();

    await eventually(async () => {
      const { body } = await tenant.get<UsageBody>('/api/v1/accounts/globex/usage');
      expect(body.days).toEqual([
        { day: expect.any(String), events: 2, activeUsers: 2, features: { 'Report Exported': 2 } },
      ]);
    }, fromNow);
    const { body } = await tenant.get<HealthBody>('/api/v1/accounts/globex/health');
    const points = body.contributions.reduce((sum, each) => sum + Math.round(each.points * 100), 0);
    expect(points).toBe(Math.round((body.score ?? 0) * 100));
    expect(body.contributions.map(({ reason }) => reason)).toEqual(body.contributions.map(() => expect.any(String)));
  });

  it('show a risk as an alert: by API, on its topic for a plain kafkajs consumer, and as a webhook that verifies', async () => {
    const made = await tenant.call<DestinationRow>('POST', '/api/v1/destinations', {
      name: 'Data team',
      kind: 'webhook',
      url: receiver.url,
    });
    expect(made.status).toBe(201);
    await tenant.send([cloudEvent('ticket.changed', 't-1', { accountId: 'globex', ticketId: '1', ...escalated })]);

    const alert = await eventually(async () => {
      const records = await readTopic(stack.brokers, 'risk-alerts.v1');
      expect(records.map(({ key }) => key)).toContain('acme:globex');
      return JSON.parse(records[0]?.value ?? '') as Envelope<RiskAlert>;
    }, fromNow);
    expect(alert).toMatchObject({
      type: 'tenure.risk-alert.opened.v1',
      subject: 'globex',
      data: { signal: 'escalation-open', status: 'open', accountName: 'Globex', evidence: [expect.any(Object)] },
    });

    const { headers, body } = await eventually(() => {
      expect(receiver.received).not.toEqual([]);
      return receiver.received[0]!;
    }, fromNow);
    const told = new Webhook(made.body.secret ?? '').verify(body, headers) as { type: string; data: RiskAlert };
    expect(told).toMatchObject({ type: alert.type, data: { alertId: alert.data.alertId } });
    expect(() => new Webhook(made.body.secret ?? '').verify(`${body} `, headers)).toThrow(
      'No matching signature found',
    );
  });

  it('survive a poisoned message: it ends as a dead letter with its reason, and the next one is processed', async () => {
    const kafka = new Kafka({ brokers: [...stack.brokers], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const good = (await readTopic(stack.brokers, 'usage-events.v1')).find(({ value }) => value.includes('uma'))!;
    const event = JSON.parse(good.value) as Envelope<{ quantity?: unknown }>;
    const poison = { ...event, id: 'poison', data: { ...event.data, quantity: 'many' } };
    const messages = [
      { key: good.key, value: 'no event at all' },
      { key: good.key, value: JSON.stringify(poison) },
      { key: good.key, value: JSON.stringify({ ...event, id: 'next' }) },
    ];
    await producer.send({ topic: 'usage-events.v1', acks: -1, messages });
    await producer.disconnect();

    await eventually(async () => {
      const { body } = await tenant.get<UsageBody>('/api/v1/accounts/globex/usage');
      expect(body.days.map(({ events }) => events)).toEqual([3]);
    }, fromNow);
    const listed = await stack.tenure('dead-letters', 'list', '--service', 'health', '--json');
    expect(listed).toContain('not-json');
    expect(listed).toContain('/quantity');
    const letters = await eventually(async () => {
      const records = await readTopic(stack.brokers, 'usage-events.v1.tenure.health.dlq');
      expect(records).toHaveLength(2);
      return records;
    }, fromNow);
    expect(letters.map(({ value }) => value)).toContain('no event at all');
  });
});

import { randomBytes } from 'node:crypto';

import {
  type Envelope,
  type MappingBody,
  type PreviewBody,
  type ReceiptBody,
  type SourceCreatedBody,
  topics,
  type WebhookBody,
  type WebhookVendor,
} from '@tenure/contracts';
import { Database } from '@tenure/platform';
import {
  callerToken,
  type Collector,
  eventually,
  FixedClock,
  signWebhook,
  startTestService,
  type TestService,
} from '@tenure/testing';

import { service } from '../ingestion.service';
import { RememberDeliveriesHandler } from './remember-deliveries.handler';

const publicUrl = 'https://hooks.acme.com/tenure';
const noon = new Date('2026-05-03T12:00:00Z');
let ingestion: TestService;
let clock: FixedClock;
const collectors = new Map<string, Collector>();

type Made = SourceCreatedBody & { webhook: WebhookBody };
type Receipt = ReceiptBody & { repeated?: true };

const call = async (
  method: string,
  path: string,
  body?: unknown,
  caller: { tenant?: string; role?: 'viewer' } = {},
) => {
  const authorization = `Bearer ${await callerToken('ingestion', caller)}`;
  return fetch(ingestion.url + path, {
    method,
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};
const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const response = await call(method, path, body);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
};

const secrets: Partial<Record<WebhookVendor, string>> = {
  formbricks: `whsec_${Buffer.from('f'.repeat(32)).toString('base64')}`,
};
const create = async (vendor: WebhookVendor): Promise<{ made: Made; secret: string }> => {
  const made = await ask<Made>('POST', '/api/v1/sources', { name: vendor, kind: 'webhook', mode: 'live', vendor });
  if (made.webhook.secretFrom === 'tenure') return { made, secret: made.key };
  const secret = secrets[vendor] ?? `secret-of-${vendor}`;
  await ask('POST', `/api/v1/sources/${made.source.id}/secrets`, { secret });
  return { made, secret };
};

/** A secret of the right form that is nobody's. */
const wrongSecret = `whsec_${Buffer.from('w'.repeat(32)).toString('base64')}`;

const fixture = (name: string): unknown => structuredClone(require(`./fixtures/${name}.json`) as unknown);

interface Sending {
  at?: Date;
  id?: string;
  headers?: Record<string, string>;
}
const send = (vendor: WebhookVendor, sourceId: string, secret: string, payload: unknown, how: Sending = {}) => {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const path = `/v1/webhooks/${vendor}/${sourceId}`;
  const { at = clock.now(), id = 'msg_1' } = how;
  const signed = signWebhook(vendor, { url: publicUrl + path, secret, body, at, id });
  return fetch(ingestion.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed, ...how.headers },
    body,
  });
};
const deliver = async (...sending: Parameters<typeof send>): Promise<Receipt> => {
  const response = await send(...sending);
  expect(response.status).toBe(202);
  return (await response.json()) as Receipt;
};

const rejectsOf = (sourceId: string) =>
  ask<{ items: { code: string; pointer: string; detail: string; body: unknown }[] }>(
    'GET',
    `/api/v1/sources/${sourceId}/rejects`,
  );
const on = (topic: keyof typeof topics): Collector => {
  const collector = collectors.get(topic);
  if (!collector) throw new Error(`Nobody reads ${topic}`);
  return collector;
};
const ofSource = (sourceId: string) => (event: Envelope) => event.source === `/sources/${sourceId}`;

beforeAll(async () => {
  clock = new FixedClock(noon.toISOString());
  ingestion = await startTestService('ingestion', service, {
    clock,
    env: { TENURE_SECRETS_KEY: randomBytes(32).toString('base64'), TENURE_INGESTION_PUBLIC_URL: `${publicUrl}/` },
  });
  const read = [
    'ticketEvents',
    'accountChanges',
    'contractChanges',
    'billingEvents',
    'surveyResponses',
    'touchpointEvents',
  ] as const;
  await Promise.all(read.map(async (topic) => collectors.set(topic, await ingestion.kafka.consume(topics[topic]))));
  // The accounts that the vendors mean by their own ids.
  const { made, secret } = await create('standard');
  const account = {
    accountId: 'initech',
    domains: ['initech.com'],
    externalIds: {
      zendesk: '8447346622462',
      jira: '12',
      salesforce: '0015g00000XyZ12',
      stripe: 'cus_NffrFeUfNV2Hib',
      hubspot: '9843461',
    },
  };
  await deliver('standard', made.source.id, secret, { type: 'tenure.account.changed.v1', data: account });
}, 180_000);

afterAll(() => ingestion?.stop());
beforeEach(() => clock.set(noon));

/** They sign nothing: what proves them is the secret itself. */
const sharedSecret: readonly WebhookVendor[] = ['freshdesk', 'salesforce'];

/** Per vendor: the topic its payload lands on, how many events it makes, and its receipt. */
const cases: [WebhookVendor, string, keyof typeof topics, number, Partial<Receipt>][] = [
  ['zendesk', 'zendesk', 'ticketEvents', 1, { accepted: 1 }],
  ['intercom', 'intercom', 'ticketEvents', 1, { accepted: 1 }],
  ['jira', 'jira', 'ticketEvents', 1, { accepted: 1 }],
  ['freshdesk', 'freshdesk', 'ticketEvents', 1, { accepted: 1 }],
  ['salesforce', 'salesforce', 'ticketEvents', 2, { accepted: 1 }],
  ['hubspot', 'hubspot', 'accountChanges', 1, { accepted: 1 }],
  ['formbricks', 'formbricks', 'surveyResponses', 1, { accepted: 1 }],
  ['typeform', 'typeform', 'surveyResponses', 1, { accepted: 1 }],
  ['delighted', 'delighted', 'surveyResponses', 1, { accepted: 1 }],
  ['stripe', 'stripe', 'contractChanges', 1, { accepted: 1 }],
  ['stripe', 'stripe-invoice', 'billingEvents', 1, { accepted: 1 }],
  ['standard', 'standard', 'touchpointEvents', 1, { accepted: 1 }],
];

describe.each(cases)('A webhook of %s (%s)', (vendor, name, topic, count, receipt) => {
  it('becomes its canonical event once, however often it is sent, and nothing where it is not believed', async () => {
    const { made, secret } = await create(vendor);
    const id = made.source.id;
    const payload = fixture(name);
    const signed = signWebhook(vendor, { url: '', secret, body: JSON.stringify(payload), at: noon });
    for (const forged of sharedSecret.includes(vendor) ? [] : [JSON.stringify(payload).replace('{', '{ ')]) {
      expect((await send(vendor, id, secret, forged, { headers: signed })).status).toBe(401);
    }
    expect((await send(vendor, id, wrongSecret, payload)).status).toBe(401);
    expect(await deliver(vendor, id, secret, payload)).toMatchObject(receipt);
    const events = await on(topic).waitFor(count, ofSource(id));
    expect(events.every(({ subject, tenantid }) => subject === 'initech' && tenantid === 'acme')).toBe(true);
    // A retry of the vendor: the same delivery, signed anew where the vendor does so.
    clock.set(new Date(noon.getTime() + 60_000));
    const retried = await deliver(vendor, id, secret, payload);
    // HubSpot gives its deliveries no name: there the events' own ids keep the second copy from counting.
    expect(retried).toMatchObject(vendor === 'hubspot' ? receipt : { accepted: 0, held: 0, repeated: true });
    const copies = await on(topic).waitFor(vendor === 'hubspot' ? count * 2 : count, ofSource(id));
    expect(new Set(copies.map((event) => event.id)).size).toBe(count);
  });
});

describe('An old delivery', () => {
  it.each<[WebhookVendor, number]>([
    ['zendesk', 6],
    ['hubspot', 6],
    ['stripe', 6],
    ['standard', 6],
    ['intercom', 4 * 24 * 60],
    ['typeform', 4 * 24 * 60],
  ])('of %s that is played again after %i minutes is refused', async (vendor, minutes) => {
    const { made, secret } = await create(vendor);
    const payload = fixture(vendor);
    await deliver(vendor, made.source.id, secret, payload);
    clock.set(new Date(noon.getTime() + minutes * 60_000));
    const again = await send(vendor, made.source.id, secret, payload, { at: noon });
    expect(again.status).toBe(401);
    expect(await again.json()).toMatchObject({ detail: 'The request was signed too long ago.' });
  });

  it('is forgotten once it would be refused anyway', async () => {
    const count = () =>
      ingestion.app
        .get(Database)
        .system((tx) => tx.query<{ n: number }>('select count(*)::int as n from system.webhook_deliveries'));
    expect((await count())[0]?.n).toBeGreaterThan(0);
    clock.set(new Date(noon.getTime() + 4 * 86_400_000));
    await ingestion.app.get(RememberDeliveriesHandler).forgetOld();
    expect((await count())[0]?.n).toBe(0);
  });
});

describe('What a vendor sends and nobody can map', () => {
  it('is kept with its reason and answered 202, or the vendor would go on for days', async () => {
    const { made, secret } = await create('salesforce');
    const gap = fixture('salesforce') as { data: { payload: { ChangeEventHeader: { changeType: string } } } };
    gap.data.payload.ChangeEventHeader.changeType = 'GAP_UPDATE';
    const receipt = await deliver('salesforce', made.source.id, secret, [gap, { odd: true }, fixture('salesforce')]);
    expect(receipt).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 0, code: 'read-again', pointer: '/data/payload' },
        { index: 1, code: 'not-mapped' },
      ],
    });
    await eventually(async () => {
      const { items } = await rejectsOf(made.source.id);
      expect(items.map(({ code }) => code).sort()).toEqual(['not-mapped', 'read-again']);
      expect(items.find(({ code }) => code === 'read-again')?.body).toEqual(gap);
    });
  });

  it('is kept as text where it is not JSON', async () => {
    const { made, secret } = await create('freshdesk');
    const broken = '{"freshdesk_webhook": {"ticket_subject": "The "best" export"}}';
    expect(await deliver('freshdesk', made.source.id, secret, broken)).toMatchObject({
      rejected: [{ code: 'not-json' }],
    });
    await eventually(async () => {
      expect((await rejectsOf(made.source.id)).items).toMatchObject([{ code: 'not-json', body: broken }]);
    });
  });

  it('is mapped once the mapping knows it', async () => {
    const { made, secret } = await create('zendesk');
    const path = `/api/v1/sources/${made.source.id}/mapping`;
    const odd = fixture('zendesk') as { id: string; detail: { status: string } };
    odd.id = 'odd';
    odd.detail.status = 'PONDERING';
    expect(await deliver('zendesk', made.source.id, secret, odd)).toMatchObject({
      rejected: [{ code: 'not-in-table', pointer: '/detail/status' }],
    });
    await eventually(async () => expect((await rejectsOf(made.source.id)).items).toHaveLength(1));
    const text = JSON.stringify((await ask<MappingBody>('GET', path)).mapping).replace(
      '"on-hold":"on-hold"',
      '"on-hold":"on-hold","pondering":"on-hold"',
    );
    await ask('PUT', path, { mapping: JSON.parse(text) as object, version: 0 });
    const replayed = await ask<{ accepted: number }>('POST', `/api/v1/sources/${made.source.id}/rejects/replay`, {});
    expect(replayed).toMatchObject({ accepted: 1 });
    const [event] = await on('ticketEvents').waitFor<{ status: string }>(1, ofSource(made.source.id));
    expect(event).toMatchObject({ id: 'odd', data: { status: 'on-hold' } });
  });
});

describe('A source that sends too much', () => {
  it('is limited by what it signs, and told when to come again', async () => {
    const { made, secret } = await create('jira');
    await ask('PATCH', `/api/v1/sources/${made.source.id}/settings`, { eventsPerSecond: 1 });
    const status = async (id: number, key = secret) => {
      const response = await send('jira', made.source.id, key, { ...(fixture('jira') as object), id });
      return [response.status, Number(response.headers.get('retry-after')) > 0] as const;
    };
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => status(n)));
    expect(answers).toContainEqual([202, false]);
    expect(answers).toContainEqual([429, true]);
    expect((await status(0, wrongSecret))[0]).toBe(401);
  });
});

describe('The mapping of a source', () => {
  it('is the default, is changed, says who changed it, and goes back', async () => {
    const { made, secret } = await create('jira');
    const path = `/api/v1/sources/${made.source.id}/mapping`;
    const first = await ask<MappingBody>('GET', path);
    expect(first).toMatchObject({ vendor: 'jira', version: 0, isDefault: true, versions: [] });
    expect(first.mapping).toEqual(first.default);
    const own = {
      rules: [
        {
          name: 'Everything is a touchpoint',
          emit: [
            {
              event: 'tenure.touchpoint.recorded.v1',
              data: {
                accountId: { value: 'initech' },
                touchpointId: '/issue/id',
                kind: { value: 'email' },
                outcome: { value: 'received' },
                startAt: { path: '/timestamp', as: 'instant' },
              },
            },
          ],
        },
      ],
    };
    const changed = await ask<MappingBody>('PUT', path, { mapping: own, version: 0 });
    expect(changed).toMatchObject({
      version: 1,
      isDefault: false,
      mapping: own,
      versions: [{ version: 1, changedBy: { id: 'person-1', name: 'Ada Admin' }, changedAt: noon.toISOString() }],
    });
    expect((await call('PUT', path, { mapping: own, version: 0 })).status).toBe(409);
    await eventually(async () => {
      await deliver('jira', made.source.id, secret, {
        ...(fixture('jira') as object),
        webhookEvent: String(Math.random()),
      });
      await on('touchpointEvents').waitFor(1, ofSource(made.source.id), 500);
    });
    expect(await ask<MappingBody>('DELETE', path)).toMatchObject({ version: 2, isDefault: true });
    expect(await ask<MappingBody>('DELETE', path)).toMatchObject({ version: 2 });
  });

  it('is refused with a pointer for each fault', async () => {
    const { made } = await create('jira');
    const path = `/api/v1/sources/${made.source.id}/mapping`;
    const broken = {
      rules: [{ name: 'x', emit: [{ event: 'tenure.ticket.changed.v1', data: { accountId: '/a', tickedId: '/t' } }] }],
    };
    const response = await call('PUT', path, { mapping: broken });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      pointer: '/mapping/rules/0/emit/0/data/tickedId',
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: '/mapping/rules/0/emit/0/data/tickedId', code: 'unknown-field' }),
        expect.objectContaining({ code: 'missing-field', detail: expect.stringContaining('ticketId') }),
      ]) as unknown,
    });
    expect((await call('PUT', path, { mapping: { rules: [] } }, { role: 'viewer' })).status).toBe(403);
    expect((await call('GET', path, undefined, { tenant: 'globex' })).status).toBe(404);
  });

  it('is absent to another tenant, and so is everything else of its source', async () => {
    const { made } = await create('jira');
    const [{ id: secretId } = { id: '' }] = made.webhook.secrets;
    const routes: [string, string, object?][] = [
      ['GET', '/webhook'],
      ['POST', '/secrets', {}],
      ['DELETE', `/secrets/${secretId}`],
      ['GET', '/mapping'],
      ['PUT', '/mapping', { mapping: { rules: [{ name: 'r', ping: true }] } }],
      ['DELETE', '/mapping'],
      ['POST', '/mapping/preview', { payload: {} }],
    ];
    for (const [method, path, body] of routes) {
      const seen = async (id: string) => {
        const response = await call(method, `/api/v1/sources/${id}${path}`, body, { tenant: 'globex' });
        const { detail } = (await response.json()) as { detail: string };
        return `${response.status} ${detail.replaceAll(id, '…')}`;
      };
      expect(await seen(made.source.id)).toBe('404 There is no webhook source ….');
      expect(await seen(made.source.id)).toBe(await seen('src_none'));
    }
    expect(await ask<WebhookBody>('GET', `/api/v1/sources/${made.source.id}/webhook`)).toEqual(made.webhook);
  });

  it('shows on a pasted payload what would become of it', async () => {
    const { made } = await create('zendesk');
    const path = `/api/v1/sources/${made.source.id}/mapping/preview`;
    const unknown = fixture('zendesk') as { detail: { organization_id: string } };
    unknown.detail.organization_id = '77';
    const { items } = await ask<PreviewBody>('POST', path, { payload: [fixture('zendesk'), unknown, { type: 'x' }] });
    expect(items).toMatchObject([
      {
        outcome: 'accepted',
        rule: 'Ticket event',
        events: [{ type: 'tenure.ticket.changed.v1', accountId: 'initech' }],
      },
      { outcome: 'held', events: [{ accountId: null, waitsFor: { accountRef: { system: 'zendesk', id: '77' } } }] },
      { outcome: 'rejected', rule: null, refusal: { code: 'not-mapped' }, events: [] },
    ]);
    const draft = { rules: [{ name: 'All of it', reject: { code: 'not-wanted', detail: 'No.' } }] };
    const drafted = await ask<PreviewBody>('POST', path, { payload: { type: 'x' }, mapping: draft });
    expect(drafted.items).toMatchObject([{ outcome: 'rejected', rule: 'All of it', refusal: { code: 'not-wanted' } }]);
    expect((await call('POST', path, { payload: {}, mapping: { rules: 1 } })).status).toBe(400);
    expect(on('ticketEvents').envelopes().filter(ofSource(made.source.id))).toEqual([]);
  });
});

describe('The address and the secrets of a source', () => {
  it('are told; the text of a secret only once, and it is sealed in the database', async () => {
    const { made, secret } = await create('freshdesk');
    const id = made.source.id;
    expect(made.webhook).toMatchObject({
      vendor: 'freshdesk',
      url: `${publicUrl}/v1/webhooks/freshdesk/${id}`,
      secretFrom: 'tenure',
      secrets: [{ expiresAt: null }],
    });
    expect(secret).toMatch(/^tws_/);
    const shown = JSON.stringify([
      await ask('GET', `/api/v1/sources/${id}/webhook`),
      await ask('GET', '/api/v1/sources'),
    ]);
    expect(shown).not.toContain(secret);
    expect(shown).toContain('"vendor":"freshdesk"');
    const rows = await ingestion.app.get(Database).read(['acme'], (tx) => tx.query('select * from webhook_secrets'));
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(
      await ingestion.app.get(Database).read(['globex'], (tx) => tx.query('select 1 from webhook_secrets')),
    ).toEqual([]);
  });

  it('overlap when they change, and end at once when they are removed', async () => {
    const { made, secret: old } = await create('typeform');
    const id = made.source.id;
    const { key: fresh } = await ask<{ key: string }>('POST', `/api/v1/sources/${id}/secrets`, {});
    const status = async (secret: string, event_id: string) =>
      (await send('typeform', id, secret, { ...(fixture('typeform') as object), event_id })).status;
    expect([await status(old, 'a'), await status(fresh, 'b')]).toEqual([202, 202]);
    const { secrets: both } = await ask<WebhookBody>('GET', `/api/v1/sources/${id}/webhook`);
    expect(both.map(({ expiresAt }) => expiresAt)).toEqual([null, '2026-05-04T12:00:00.000Z']);
    await ask('DELETE', `/api/v1/sources/${id}/secrets/${both[1]?.id ?? ''}`);
    expect([await status(old, 'c'), await status(fresh, 'd')]).toEqual([401, 202]);
    await ask('POST', `/api/v1/sources/${id}/revoke`, {});
    await eventually(async () => expect(await status(fresh, 'e')).toBe(410));
  });

  it('are refused where they cannot be right', async () => {
    const { made } = await create('stripe');
    const path = `/api/v1/sources/${made.source.id}/secrets`;
    for (const secret of ['short', 'with\nnewline in it', ''])
      expect((await call('POST', path, { secret })).status).toBe(400);
    expect((await call('POST', path, {})).status).toBe(400);
    const bad = { name: 'x', kind: 'webhook', mode: 'live', vendor: 'formbricks', secret: 'not a whsec secret!' };
    expect((await call('POST', '/api/v1/sources', bad)).status).toBe(400);
    expect(
      (await call('POST', '/api/v1/sources', { name: 'x', kind: 'segment', mode: 'live', vendor: 'stripe' })).status,
    ).toBe(400);
    expect((await call('POST', `/api/v1/sources/${made.source.id}/rotate`, {})).status).toBe(409);
  });

  it('answer vendors that look before they send, and nobody else', async () => {
    const { made } = await create('surveymonkey');
    const head = async (path: string) => (await fetch(ingestion.url + path, { method: 'HEAD' })).status;
    expect(await head(`/v1/webhooks/surveymonkey/${made.source.id}`)).toBe(200);
    expect(await head(`/v1/webhooks/stripe/${made.source.id}`)).toBe(404);
    expect(await head('/v1/webhooks/surveymonkey/src_none')).toBe(404);
    expect((await send('stripe', made.source.id, 'whatever it is', {})).status).toBe(404);
  });

  it('of SurveyMonkey lead to what has to be read', async () => {
    const { made, secret } = await create('surveymonkey');
    expect(await deliver('surveymonkey', made.source.id, secret, fixture('surveymonkey'))).toMatchObject({
      rejected: [{ code: 'read-again', id: '10027615456' }],
    });
  });
});

import { createHash } from 'node:crypto';

import { type WebhookVendor, webhookVendors } from '@tenure/contracts';

import { type Candidate, isRefusal, type Refusal } from '../intake/candidate.domain';
import { checkMapping } from './check-mapping.domain';
import { defaultMapping } from './default-mappings.read-model';
import { mapItem } from './map-item.domain';

const receivedMs = Date.parse('2026-05-03T12:00:00Z');
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

type Patch = (payload: never) => void;

function payloadOf(name: string, patch: Patch = () => undefined): unknown {
  const copy = structuredClone(require(`../webhooks/fixtures/${name}.json`) as object);
  patch(copy as never);
  return copy;
}

function map(vendor: WebhookVendor, item: unknown) {
  const arrival = { tenantId: 'acme', sourceId: 'src_1', importing: false, receivedMs };
  const around = { delivery: 'msg_1', invocation: 'inv-1', digest: digest(JSON.stringify(item)), hour: '494000' };
  return mapItem(item, { mapping: defaultMapping(vendor), arrival, around, digest });
}

function events(vendor: WebhookVendor, item: unknown): readonly Candidate[] {
  const { outcome } = map(vendor, item);
  if (outcome === 'ping' || isRefusal(outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.events;
}

const refusal = (vendor: WebhookVendor, item: unknown): Refusal => map(vendor, item).outcome as Refusal;

const ticket = 'tenure.ticket.changed.v1';

describe('The default mapping', () => {
  it.each([...webhookVendors])('of %s is one', (vendor) => {
    expect(checkMapping(structuredClone(defaultMapping(vendor)))).toMatchObject({ ok: true });
  });

  it.each([...webhookVendors])('of %s says that it does not know what it does not know', (vendor) => {
    expect(refusal(vendor, { type: 'something.else', hello: 'world' })).toMatchObject({ code: 'not-mapped' });
    for (const odd of [null, 7, 'text', [], [[]], { data: null }, { ChangeEventHeader: 1 }]) {
      expect(refusal(vendor, odd)).toMatchObject({ code: expect.any(String) });
    }
  });
});

describe('Zendesk', () => {
  it('tells of tickets', () => {
    const [one, ...others] = events('zendesk', payloadOf('zendesk'));
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      id: 'cbe4028c-7239-495d-b020-f22348516046',
      source: '/sources/src_1',
      timeMs: Date.parse('2026-05-03T11:58:30Z'),
      sequence: '2',
      references: ['ref:zendesk:8447346622462'],
      definition: { type: ticket },
      data: {
        ticketId: '35436',
        change: 'solved',
        status: 'solved',
        priority: 'high',
        kind: 'problem',
        subject: 'Exports are empty',
        tags: ['export', 'vip'],
        openedAt: '2026-05-03T08:12:07.000Z',
        solvedAt: '2026-05-03T11:58:30.000Z',
        sourceUpdatedAt: '2026-05-03T11:58:30.000Z',
      },
    });
  });

  it('has tickets without a priority, and words that nobody knows', () => {
    const plain = payloadOf('zendesk', (p: { detail: { priority: unknown; type: unknown } }) => {
      p.detail.priority = null;
      p.detail.type = null;
    });
    expect(events('zendesk', plain)[0]?.data).toMatchObject({ priority: 'normal' });
    const odd = payloadOf('zendesk', (p: { detail: { status: string } }) => (p.detail.status = 'PONDERING'));
    expect(refusal('zendesk', odd)).toEqual({
      code: 'not-in-table',
      pointer: '/detail/status',
      detail: expect.stringContaining('"PONDERING"') as string,
    });
  });

  it('names no account where the ticket has no organization', () => {
    const alone = payloadOf(
      'zendesk',
      (p: { detail: { organization_id: unknown } }) => (p.detail.organization_id = null),
    );
    expect(refusal('zendesk', alone)).toMatchObject({ code: 'account-not-named' });
  });

  it('tells by a trigger too, with the rating', () => {
    const sent = {
      ticket: {
        id: '35436',
        title: 'Exports are empty',
        status: 'Solved',
        priority: 'Urgent',
        type: 'Incident',
        tags: 'export vip',
        requester_email: 'ada@initech.com',
        organization_external_id: '',
        satisfaction: 'Bad with comment',
        link: 'acme.zendesk.com/tickets/35436',
        created_at: '2026-05-03T08:12Z',
        updated_at: '2026-05-03T11:58:30Z',
      },
    };
    expect(events('zendesk', sent)).toMatchObject([
      {
        id: '35436-inv-1',
        definition: { type: ticket },
        references: ['domain:initech.com'],
        data: { change: 'solved', priority: 'urgent', csat: 1, url: 'https://acme.zendesk.com/tickets/35436' },
      },
      {
        definition: { type: 'tenure.survey.responded.v1' },
        data: { kind: 'csat', score: 0, scale: { min: 0, max: 1 } },
      },
    ]);
  });
});

describe('Intercom', () => {
  it('tells of conversations and their ratings', () => {
    expect(events('intercom', payloadOf('intercom'))).toMatchObject([
      {
        id: 'notif_7c1f3c1e-4f2a-4c5e-9b4e-0d0a7a1b9c11',
        references: ['domain:initech.com', 'user:u-ada'],
        data: {
          ticketId: '215469710412',
          change: 'updated',
          status: 'solved',
          priority: 'high',
          csat: 2,
          tags: ['billing'],
          reopenCount: 1,
        },
      },
      { data: { responseId: 'intercom-215469710412', score: 2, comment: 'Took days', ticketId: '215469710412' } },
    ]);
  });

  it('tests the connection', () => expect(map('intercom', { topic: 'ping', data: {} }).outcome).toBe('ping'));
});

describe('Jira Service Management', () => {
  it('tells of requests, whose organization is the account', () => {
    expect(events('jira', payloadOf('jira'))[0]).toMatchObject({
      timeMs: Date.parse('2026-05-03T11:57:59.900Z'),
      sequence: '21145',
      references: ['ref:jira:12', 'domain:initech.com'],
      data: {
        ticketId: '18001',
        change: 'escalated',
        status: 'open',
        priority: 'urgent',
        kind: 'incident',
        subject: 'IT-4 Exports are empty',
      },
    });
  });

  it('gives the same event the same id in every retry', () => {
    const [first, again] = [events('jira', payloadOf('jira'))[0]?.id, events('jira', payloadOf('jira'))[0]?.id];
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(again).toBe(first);
  });
});

describe('Freshdesk', () => {
  it('tells what its automation writes', () => {
    expect(events('freshdesk', payloadOf('freshdesk'))[0]).toMatchObject({
      timeMs: receivedMs,
      references: ['ref:freshdesk:Initech', 'domain:initech.com'],
      data: {
        ticketId: '1041',
        change: 'updated',
        status: 'waiting-on-customer',
        priority: 'urgent',
        kind: 'problem',
        tags: ['export', 'vip'],
      },
    });
  });
});

describe('Salesforce', () => {
  interface Change {
    data: {
      payload: { ChangeEventHeader: { changeType: string; entityName: string; recordIds: string[] } } & Record<
        string,
        unknown
      >;
    };
  }
  const change = (
    entityName: string,
    fields: Record<string, unknown>,
    changeType = 'UPDATE',
    recordIds = ['0035g00000A1b2cAAB'],
  ) =>
    payloadOf('salesforce', ({ data }: Change) => {
      data.payload = {
        ChangeEventHeader: { ...data.payload.ChangeEventHeader, entityName, changeType, recordIds },
        ...fields,
      };
    });

  it('tells of several records in one change', () => {
    const mapped = events('salesforce', payloadOf('salesforce'));
    expect(mapped.map(({ id }) => id)).toEqual([
      '000b7375-9c6b-8d5d-0b2b-2f5a6a3b9c11-1-5005g00000A1b2cAAB',
      '000b7375-9c6b-8d5d-0b2b-2f5a6a3b9c11-1-5005g00000A1b2dAAB',
    ]);
    expect(mapped[1]).toMatchObject({
      sequence: '65824907755',
      references: ['ref:salesforce:0015g00000XyZ12'],
      data: { ticketId: '5005g00000A1b2dAAB', change: 'escalated', status: 'open', priority: 'high' },
    });
  });

  it.each(['GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE', 'GAP_UNDELETE', 'GAP_OVERFLOW'])(
    'is asked again after %s',
    (type) => {
      expect(refusal('salesforce', change('Case', {}, type))).toMatchObject({
        code: 'read-again',
        pointer: '/data/payload',
      });
    },
  );

  it('is asked again where a change names all records, or too little of one', () => {
    expect(refusal('salesforce', change('Account', {}, 'UPDATE', ['001*']))).toMatchObject({ code: 'read-again' });
    expect(refusal('salesforce', change('Contact', { Title: 'CTO' }))).toMatchObject({ code: 'read-again' });
    expect(refusal('salesforce', change('Case', { Status: 'New' }))).toMatchObject({
      code: 'read-again',
      pointer: '/data/payload/AccountId',
    });
    expect(
      refusal('salesforce', change('OpportunityContactRole', { ContactId: '003', Role: 'Champion' })),
    ).toMatchObject({ code: 'read-again' });
    expect(refusal('salesforce', change('Account', {}, 'DELETE'))).toMatchObject({ code: 'needs-decision' });
  });

  it('tells of accounts, people, their roles, opportunities and contracts', () => {
    const AccountId = '0015g00000XyZ12AAB';
    expect(
      events(
        'salesforce',
        change(
          'Account',
          { Name: 'Initech', Website: 'https://www.initech.com', Type: 'Customer - Direct', Industry: null },
          'CREATE',
          [AccountId],
        ),
      )[0],
    ).toMatchObject({
      references: ['ref:salesforce:0015g00000XyZ12', 'domain:initech.com'],
      data: {
        name: 'Initech',
        kind: 'customer',
        industry: null,
        domains: ['initech.com'],
        externalIds: { salesforce: AccountId },
      },
    });
    const person = { AccountId, Name: { FirstName: 'Ada', LastName: 'Byron' }, Email: 'ada@initech.com', Title: 'CTO' };
    expect(events('salesforce', change('Contact', person, 'CREATE'))[0]?.data).toMatchObject({
      stakeholderId: '0035g00000A1b2cAAB',
      change: 'added',
      name: 'Ada Byron',
      title: 'CTO',
    });
    expect(events('salesforce', change('Contact', person, 'DELETE'))[0]?.data).toMatchObject({ change: 'left' });
    const role = {
      ContactId: '0035g00000A1b2c',
      Role: 'Economic Buyer',
      Contact: { Name: 'Ada Byron' },
      Opportunity: { AccountId },
    };
    expect(events('salesforce', change('OpportunityContactRole', role))[0]?.data).toMatchObject({
      stakeholderId: '0035g00000A1b2c',
      roles: ['economic-buyer'],
    });
    const deal = { AccountId, CloseDate: '2026-06-30', StageName: 'Negotiation', Amount: 48000, IsClosed: false };
    expect(events('salesforce', change('Opportunity', deal))[0]?.data).toMatchObject({
      contractId: 'opportunity-0035g00000A1b2cAAB',
      status: 'draft',
      start: '2026-06-30',
      end: '2027-06-29',
      lines: [{ arr: 48000, kind: 'recurring' }],
    });
    expect(
      events('salesforce', change('Opportunity', { ...deal, IsClosed: true, IsWon: false }))[0]?.data,
    ).toMatchObject({ status: 'cancelled' });
    const contract = { AccountId, Status: 'Activated', StartDate: '2026-01-01', EndDate: '2026-12-31', ARR__c: 48000 };
    expect(events('salesforce', change('Contract', contract))[0]?.data).toMatchObject({
      status: 'active',
      currency: 'USD',
      lines: [{ arr: 48000 }],
    });
  });

  it('is understood without the wrapping of a channel', () => {
    const { data } = payloadOf('salesforce') as Change;
    expect(events('salesforce', data)).toHaveLength(2);
    expect(events('salesforce', data.payload)).toHaveLength(2);
  });
});

describe('HubSpot', () => {
  it('tells one property of a company, and of deals too little', () => {
    const [company, deal] = payloadOf('hubspot') as unknown[];
    expect(events('hubspot', company)[0]).toMatchObject({
      id: '33-25-3816279340-9843461-1777809480000',
      timeMs: 1777809480000,
      references: ['ref:hubspot:9843461', 'domain:initech.com'],
      data: { domains: ['initech.com'], externalIds: { hubspot: '9843461' } },
    });
    expect(refusal('hubspot', deal)).toMatchObject({ code: 'read-again' });
    expect(events('hubspot', { ...(company as object), attemptNumber: 3 })[0]?.id).toBe(
      events('hubspot', company)[0]?.id,
    );
  });
});

describe('Surveys', () => {
  const answer = 'tenure.survey.responded.v1';

  it('of Formbricks are told by the ids of their questions', () => {
    expect(events('formbricks', payloadOf('formbricks'))[0]).toMatchObject({
      definition: { type: answer },
      references: ['domain:initech.com', 'user:u-ada'],
      data: { responseId: 'cljwy2m8r0001qhclco1godnu', kind: 'nps', score: 4, comment: 'Exports keep failing' },
    });
    const without = payloadOf('formbricks', (p: { data: { data: object } }) => (p.data.data = { qx: 4 }));
    expect(refusal('formbricks', without)).toMatchObject({ code: 'no-score' });
    expect(map('formbricks', { event: 'testEndpoint' }).outcome).toBe('ping');
  });

  it('of Typeform are told by the kinds of their answers', () => {
    expect(events('typeform', payloadOf('typeform'))[0]).toMatchObject({
      id: '01KQPXR5M4BSZ0B4M8Q1',
      accountId: 'initech',
      data: { kind: 'nps', score: 9, comment: 'It just works', surveyId: 'lT4Z3j', email: 'ada@initech.com' },
    });
  });

  it('of Delighted are told whole', () => {
    expect(events('delighted', payloadOf('delighted'))[0]).toMatchObject({
      accountId: 'initech',
      data: { responseId: '5435', kind: 'nps', score: 9, comment: 'Your service is fast and flawless!' },
    });
  });

  it('of SurveyMonkey are only pointed at', () => {
    expect(refusal('surveymonkey', payloadOf('surveymonkey'))).toMatchObject({ code: 'read-again' });
  });

  it('with a score that the scale does not have are refused where it came from', () => {
    const eleven = payloadOf('delighted', (p: { event_data: { score: number } }) => (p.event_data.score = 11));
    expect(refusal('delighted', eleven)).toMatchObject({ code: 'out-of-range', pointer: '/event_data/score' });
  });
});

describe('Stripe', () => {
  it('tells of subscriptions, with the period of their items', () => {
    expect(events('stripe', payloadOf('stripe'))[0]).toMatchObject({
      id: 'evt_1RKm8KLkdIwHu7ixraBm864M',
      timeMs: 1777809480000,
      references: ['ref:stripe:cus_NffrFeUfNV2Hib'],
      data: {
        contractId: 'sub_1MowQVLkdIwHu7ixeRlqHVzs',
        status: 'notice-given',
        start: '2025-09-01',
        end: '2026-08-31',
        currency: 'USD',
        autoRenew: false,
        noticeGivenAt: '2026-05-03T11:57:50.000Z',
        lines: [
          { lineId: 'si_Na6dzxczY5fwHx', product: 'prod_pro', kind: 'recurring', quantity: 25, arr: 12000 },
          { lineId: 'si_support', product: 'prod_support', arr: 399.96 },
        ],
      },
    });
  });

  it('may tell the period on the subscription, as it did before 2025-03-31', () => {
    interface Old {
      data: { object: { items: { data: Record<string, unknown>[] } } & Record<string, unknown> };
    }
    const old = payloadOf('stripe', ({ data: { object } }: Old) => {
      for (const item of object.items.data) {
        delete item['current_period_start'];
        delete item['current_period_end'];
      }
      Object.assign(object, { current_period_start: 1756684800, current_period_end: 1788220800 });
    });
    expect(events('stripe', old)[0]?.data).toMatchObject({ start: '2025-09-01', end: '2026-08-31' });
  });

  it('tells of invoices, in their currency’s own units', () => {
    expect(events('stripe', payloadOf('stripe-invoice'))[0]).toMatchObject({
      accountId: 'initech',
      definition: { type: 'tenure.invoice.changed.v1' },
      data: {
        invoiceId: 'in_1MtHbELkdIwHu7ixl4OzzPMv',
        status: 'failed',
        amount: 1099,
        currency: 'JPY',
        contractId: 'sub_1MowQVLkdIwHu7ixeRlqHVzs',
      },
    });
  });
});

describe('Standard Webhooks', () => {
  it('bring canonical events as they are', () => {
    expect(events('standard', payloadOf('standard'))[0]).toMatchObject({
      id: 'msg_1',
      accountId: 'initech',
      timeMs: Date.parse('2026-05-03T11:58:30Z'),
      definition: { type: 'tenure.touchpoint.recorded.v1' },
    });
    const odd = payloadOf('standard', (p: { data: { outcome: string } }) => (p.data.outcome = 'fine'));
    expect(refusal('standard', odd)).toMatchObject({ code: 'wrong-value', pointer: '/data/outcome' });
    expect(refusal('standard', { type: 'tenure.nothing.v1', data: {} })).toMatchObject({
      code: 'unknown-type',
      pointer: '/type',
    });
  });
});

import { CloudEvent, HTTP } from 'cloudevents';

import type { Arrival, Mapped, Refusal } from '../intake/candidate.domain';
import { mapEvent } from './map-event.domain';
import { eventFromHeaders, modeOf } from './read-events.domain';

const receivedMs = Date.parse('2026-05-03T12:00:00Z');
const arrival: Arrival = { tenantId: 'acme', sourceId: 'src_1', importing: false, receivedMs };

const ticket = { ticketId: 't1', change: 'opened', status: 'new', priority: 'high' };
const event = (
  fields: Record<string, unknown> = {},
  data: Record<string, unknown> = { accountId: 'a1', ...ticket },
) => ({
  specversion: '1.0',
  id: 'e1',
  source: 'zendesk',
  type: 'tenure.ticket.changed.v1',
  time: '2026-05-03T11:00:00Z',
  data,
  ...fields,
});

function mapped(outcome: Mapped | Refusal): Mapped {
  if ('code' in outcome) throw new Error(JSON.stringify(outcome));
  return outcome;
}

describe('A CloudEvent', () => {
  it('keeps its source and id; what it says of the tenant is not looked at', () => {
    const { events } = mapped(mapEvent(event({ tenantid: 'other', receivedat: '2020-01-01T00:00:00Z' }), arrival));
    expect(events[0]).toMatchObject({ id: 'e1', source: 'zendesk', accountId: 'a1', timeMs: receivedMs - 3_600_000 });
    expect(events[0]).not.toHaveProperty('tenantid');
  });

  it.each([
    [{ accountRef: { system: 'Salesforce', id: ' 0015g00000XyZ12AAB ' } }, 'ref:salesforce:0015g00000XyZ12'],
    [{ accountDomain: 'WWW.Acme.com' }, 'domain:acme.com'],
    [{ userId: 'u1' }, 'user:u1'],
    [{ anonymousId: 'x' }, 'anonymous:x'],
  ])('that names its account by %j leads to %s', (naming, reference) => {
    expect(mapped(mapEvent(event({}, { ...ticket, ...naming }), arrival)).events[0].references).toEqual([reference]);
  });

  it('of an incident stands once for every account that it touches', () => {
    const data = {
      incidentId: 'i1',
      status: 'open',
      startedAt: '2026-05-03T11:00:00Z',
      accountIds: ['a1', 'a2', 'a1'],
    };
    const { events } = mapped(mapEvent(event({ type: 'tenure.incident.changed.v1' }, data), arrival));
    expect(events.map((each) => [each.id, each.data['accountId']])).toEqual([
      ['e1', 'a1'],
      ['e1#1', 'a2'],
    ]);
  });

  it('of an incident also stands for the account that a reference names beside the list', () => {
    const data = {
      incidentId: 'i1',
      status: 'open',
      startedAt: '2026-05-03T11:00:00Z',
      accountDomain: 'acme.com',
      accountIds: ['a1'],
    };
    const { events } = mapped(mapEvent(event({ type: 'tenure.incident.changed.v1' }, data), arrival));
    expect(events.map((each) => [each.id, each.accountId, each.references])).toEqual([
      ['e1', undefined, ['domain:acme.com']],
      ['e1#1', 'a1', []],
    ]);
  });

  it('that names a user and their account states the membership and the e-mail domain', () => {
    const data = { accountId: 'a1', userId: 'u1', email: 'jo@acme.com' };
    const { statements } = mapped(mapEvent(event({ type: 'tenure.user.changed.v1' }, data), arrival));
    expect(statements).toEqual([
      { kind: 'membership', key: 'user:u1', accountId: 'a1', sinceMs: receivedMs - 3_600_000 },
      { kind: 'identity', key: 'domain:acme.com', accountId: 'a1', sinceMs: receivedMs - 3_600_000, strength: 'seen' },
    ]);
  });

  it('of an account states its ids in other systems and its domains', () => {
    const data = { accountId: 'a1', externalIds: { hubspot: '7' }, domains: ['acme.com'] };
    const { statements } = mapped(mapEvent(event({ type: 'tenure.account.changed.v1' }, data), arrival));
    expect(statements.map((each) => each.kind === 'identity' && each.key)).toEqual([
      'ref:hubspot:7',
      'domain:acme.com',
    ]);
  });

  it.each<[string, unknown, string, string]>([
    ['no object', 7, 'wrong-type', ''],
    ['another version', event({ specversion: '0.3' }), 'wrong-value', '/specversion'],
    ['no id', event({ id: undefined }), 'missing-field', '/id'],
    ['an empty id', event({ id: '' }), 'empty', '/id'],
    ['a long source', event({ source: 's'.repeat(501) }), 'too-long', '/source'],
    ['an unknown type', event({ type: 'tenure.ticket.eaten.v1' }), 'unknown-type', '/type'],
    ['a type that we publish', event({ type: 'tenure.risk-alert.opened.v1' }), 'unknown-type', '/type'],
    ['XML', event({ datacontenttype: 'text/xml' }), 'wrong-value', '/datacontenttype'],
    ['base64', event({ data_base64: 'e30=' }), 'wrong-type', '/data_base64'],
    ['no data', event({ data: undefined }), 'missing-field', '/data'],
    ['a time without offset', event({ time: '2026-05-03T11:00:00' }), 'wrong-format', '/time'],
    ['wrong data', event({}, { accountId: 'a1', ...ticket, priority: 'huge' }), 'wrong-value', '/data/priority'],
    ['no account', event({}, ticket), 'account-not-named', '/data/accountId'],
    ['NUL in its id', event({ id: 'a\0' }), 'unstorable-text', '/id'],
  ])('with %s is refused', (_, sent, code, pointer) => {
    expect(mapEvent(sent, arrival)).toMatchObject({ code, pointer });
  });

  it('is read from headers as the CloudEvents SDK writes them', () => {
    const sent = new CloudEvent({ ...event(), source: 'sued/buero', data: { accountId: 'a1', ...ticket } });
    const { headers, body } = HTTP.binary(sent);
    expect(modeOf(headers as Record<string, string>)).toBe('binary');
    const read = eventFromHeaders(headers as Record<string, string>, JSON.parse(body as string));
    expect(mapped(mapEvent(read, arrival)).events[0]).toMatchObject({ id: 'e1', accountId: 'a1' });
  });
});

import { alertChanges, type AlertChange, type RiskAlert } from '@tenure/contracts';
import type { Destination } from '../destinations/destination.domain';
import { sampleAlert } from '../destinations/sample-alert.domain';
import { byCause, memberName, route, toldKey, type AlertEvent } from './routing.domain';

const at = new Date('2026-03-02T10:00:00.000Z');

const destination = (fields: Partial<Destination> = {}): Destination => ({
  tenantId: 'acme',
  destinationId: 'd-1',
  name: 'Data team',
  kind: 'webhook',
  state: 'active',
  stateReason: null,
  url: 'https://example.com/hooks',
  to: null,
  signals: null,
  minSeverity: null,
  ownerOnly: false,
  ownerEmail: 'ada@acme.test',
  createdAt: at,
  failingSince: null,
  ...fields,
});

const event = (alert: Partial<RiskAlert> = {}, tenantId = 'acme'): AlertEvent => ({
  tenantId,
  eventId: `${alert.alertId ?? 'a-1'}.${alert.version ?? 1}`,
  alert: { ...sampleAlert('a-1', at, 'http://localhost:4000'), test: false, ...alert },
});

const goes = (alert: Partial<RiskAlert>, to: Partial<Destination>, told: readonly string[] = []): boolean =>
  route([event(alert)], [destination(to)], new Set(told)).length === 1;

const toldOf = (alertId: string) => [toldKey('d-1', alertId)];

describe('routing', () => {
  it('gives webhooks every change, and people the beginning, the worsening and the end', () => {
    const changesFor = (kind: Destination['kind']): AlertChange[] =>
      alertChanges.filter((change) => goes({ change }, { kind }));
    expect(changesFor('webhook')).toEqual([...alertChanges]);
    expect(changesFor('slack')).toEqual(['opened', 'escalated', 'resolved']);
    expect(changesFor('email')).toEqual(['opened', 'escalated', 'resolved']);
  });

  it('keeps to the signals and the severity that a destination wants', () => {
    expect(goes({ signal: 'silence' }, { signals: ['silence', 'champion-left'] })).toBe(true);
    expect(goes({ signal: 'usage-decline' }, { signals: ['silence'] })).toBe(false);
    expect(goes({ severity: 'high' }, { minSeverity: 'high' })).toBe(true);
    expect(goes({ severity: 'critical' }, { minSeverity: 'high' })).toBe(true);
    expect(goes({ severity: 'medium' }, { minSeverity: 'high' })).toBe(false);
  });

  it('tells whoever was told of an alert how it goes on, whatever its severity is by then', () => {
    const resolved = { change: 'resolved', severity: 'low' } as const;
    expect(goes(resolved, { minSeverity: 'high' })).toBe(false);
    expect(goes(resolved, { minSeverity: 'high' }, toldOf('a-1'))).toBe(true);
    expect(goes(resolved, { minSeverity: 'high' }, toldOf('a-2'))).toBe(false);
  });

  it('remembers within a batch whom it told', () => {
    const batch = [
      event({ version: 1, change: 'opened', severity: 'high' }),
      event({ version: 2, change: 'resolved', severity: 'low' }),
    ];
    const routed = route(batch, [destination({ minSeverity: 'high' })], new Set());
    expect(routed.map((each) => each.event.eventId)).toEqual(['a-1.1', 'a-1.2']);
  });

  it('gives an owner only what is theirs, however the address is written', () => {
    const owner = { id: null, name: 'Ada', email: 'ADA@acme.test' } as unknown as RiskAlert['owner'];
    expect(goes({ owner }, { ownerOnly: true })).toBe(true);
    expect(goes({ owner }, { ownerOnly: true, ownerEmail: 'ines@acme.test' })).toBe(false);
    expect(goes({ owner: null }, { ownerOnly: true })).toBe(false);
    expect(goes({ owner: null }, { ownerOnly: true, ownerEmail: null })).toBe(false);
  });

  it('pushes nothing that was already true at go-live, until it gets worse', () => {
    expect(goes({ preexisting: true, change: 'opened' }, {})).toBe(false);
    expect(goes({ preexisting: true, change: 'acknowledged' }, {})).toBe(false);
    expect(goes({ preexisting: true, change: 'resolved' }, {})).toBe(false);
    expect(goes({ preexisting: true, change: 'escalated' }, {})).toBe(true);
    expect(goes({ preexisting: true, change: 'resolved' }, {}, toldOf('a-1'))).toBe(true);
  });

  it('keeps what a machine misses while it is paused or disabled, and floods no chat with it', () => {
    const queuedFor = (fields: Partial<Destination>): (boolean | undefined)[] =>
      route([event()], [destination(fields)], new Set()).map((each) => each.queued);
    expect(queuedFor({ state: 'paused' })).toEqual([true]);
    expect(queuedFor({ state: 'disabled' })).toEqual([false]);
    expect(queuedFor({ kind: 'slack', state: 'paused' })).toEqual([]);
    expect(queuedFor({ kind: 'email', state: 'disabled' })).toEqual([]);
  });

  it('never crosses from one tenant to another', () => {
    const destinations = [destination(), destination({ tenantId: 'globex', destinationId: 'd-2' })];
    const routed = route([event(), event({}, 'globex')], destinations, new Set());
    expect(routed.map((each) => [each.event.tenantId, each.destination.tenantId])).toEqual([
      ['acme', 'acme'],
      ['globex', 'globex'],
    ]);
  });

  it('pushes no mark that only stands', () => {
    expect(goes({ signal: 'single-threaded' }, {})).toBe(false);
    expect(goes({ signal: 'single-threaded' }, { kind: 'slack' })).toBe(false);
  });

  it('tells people of one cause once, and machines of every alert', () => {
    const batch = ['a-1', 'a-2', 'a-3'].map((alertId) =>
      event({ alertId, change: 'opened', causeId: 'incident:9', accountName: `Account ${alertId}` }),
    );
    const slack = byCause(route(batch, [destination({ kind: 'slack' })], new Set()));
    expect(slack.alone).toEqual([]);
    expect(
      slack.groups.map(({ causeId, lead, others }) => [causeId, memberName(lead), others.map(memberName)]),
    ).toEqual([['incident:9', 'Account a-1', ['Account a-2', 'Account a-3']]]);
    expect(byCause(route(batch, [destination()], new Set())).alone).toHaveLength(3);
  });
});

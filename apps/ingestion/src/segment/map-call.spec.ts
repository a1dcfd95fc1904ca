import { accountChanged, usageRecorded, userChanged } from '@tenure/contracts';

import type { Arrival, Mapped, Refusal } from '../intake/candidate.domain';
import { type CallKind, mergeBatch } from './call.domain';
import { mapCall } from './map-call.domain';

const receivedMs = Date.parse('2026-05-03T12:00:00Z');
const live: Arrival = { tenantId: 'acme', sourceId: 'src_1', importing: false, receivedMs };
const map = (kind: CallKind, call: Record<string, unknown>, arrival = live) =>
  mapCall(kind, call, arrival, () => 'made');

function mapped(outcome: Mapped | Refusal): Mapped {
  if ('code' in outcome) throw new Error(JSON.stringify(outcome));
  return outcome;
}

describe('A Segment call', () => {
  it('track becomes usage.recorded under its messageId, of the source it came through', () => {
    const { events } = mapped(
      map('track', {
        messageId: 'm1',
        userId: ' u1 ',
        event: 'Report Exported',
        properties: { rows: 3 },
        context: { groupId: 'a1' },
        timestamp: '2026-05-03T11:59:00Z',
      }),
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      definition: usageRecorded,
      id: 'm1',
      source: '/sources/src_1',
      timeMs: Date.parse('2026-05-03T11:59:00Z'),
      accountId: 'a1',
      data: { accountId: 'a1', userId: 'u1', event: 'Report Exported', properties: { rows: 3 } },
    });
  });

  it.each([
    [{ context: { groupId: 'a1' }, groupId: 'a2' }, 'a1', []],
    [{ groupId: 'a2' }, 'a2', []],
    [{}, undefined, ['user:u1']],
  ])('%j leads to account %s and references %j', (call, accountId, references) => {
    const { events } = mapped(map('track', { userId: 'u1', event: 'e', ...call }));
    expect(events[0].accountId).toBe(accountId);
    expect(events[0].references).toEqual(references);
  });

  it('page and screen are named as Segment names them, and flagged', () => {
    const page = mapped(map('page', { anonymousId: 'x', name: 'Pricing' })).events[0];
    const screen = mapped(map('screen', { anonymousId: 'x' })).events[0];
    expect(page.data).toEqual({ anonymousId: 'x', event: 'Viewed Pricing Page', call: 'page' });
    expect(screen.data).toEqual({ anonymousId: 'x', event: 'Viewed Screen', call: 'screen' });
  });

  it('identify becomes user.changed and links the anonymous id to the user', () => {
    const { events, statements } = mapped(
      map('identify', {
        userId: 7,
        anonymousId: 'x',
        traits: {
          email: 'jo@acme.com',
          firstName: 'Jo',
          lastName: 'Ly',
          plan: 'pro',
          createdAt: '2026-01-01',
          active: 'yes',
        },
      }),
    );
    expect(events[0].definition).toBe(userChanged);
    expect(events[0].data).toEqual({
      userId: '7',
      anonymousId: 'x',
      email: 'jo@acme.com',
      name: 'Jo Ly',
      createdAt: '2026-01-01T00:00:00.000Z',
      traits: { firstName: 'Jo', lastName: 'Ly', plan: 'pro', active: 'yes' },
    });
    expect(statements).toEqual([{ kind: 'link', from: 'anonymous:x', to: 'user:7' }]);
  });

  it('group becomes account.changed and user.changed, and states the membership as of its time', () => {
    const { events, statements } = mapped(
      map('group', {
        messageId: 'g1',
        userId: 'u1',
        groupId: 'a1',
        timestamp: '2026-05-01T00:00:00Z',
        traits: {
          name: 'Acme',
          plan: 'pro',
          industry: 'Toys',
          employees: 40,
          website: 'https://www.acme.com/',
          arr: '12000',
        },
      }),
    );
    expect(events.map((event) => [event.definition.type, event.id])).toEqual([
      [accountChanged.type, 'g1'],
      [userChanged.type, 'g1#user'],
    ]);
    expect(events[0].data).toEqual({
      accountId: 'a1',
      name: 'Acme',
      plan: 'pro',
      industry: 'Toys',
      domains: ['acme.com'],
      attributes: { employees: 40, website: 'https://www.acme.com/', arr: '12000' },
    });
    expect(statements).toContainEqual({
      kind: 'membership',
      key: 'user:u1',
      accountId: 'a1',
      sinceMs: Date.parse('2026-05-01T00:00:00Z'),
    });
  });

  it('alias tells the previous id and links both of its readings', () => {
    const { events, statements } = mapped(map('alias', { previousId: 'old', userId: 'new' }));
    expect(events[0].data).toEqual({ userId: 'new', previousId: 'old' });
    expect(statements).toEqual([
      { kind: 'link', from: 'user:old', to: 'user:new' },
      { kind: 'link', from: 'anonymous:old', to: 'user:new' },
    ]);
  });

  it('of an import carries when it became known', () => {
    const history = { ...live, importing: true };
    const call = { userId: 'u', event: 'e', timestamp: '2025-01-01T00:00:00Z' };
    expect(mapped(map('track', call, history)).events[0].knownMs).toBe(Date.parse('2025-01-01T00:00:00Z'));
    const stated = { ...call, context: { knownAt: '2025-01-02T00:00:00Z' } };
    expect(mapped(map('track', stated, history)).events[0].knownMs).toBe(Date.parse('2025-01-02T00:00:00Z'));
  });

  it.each<[CallKind, Record<string, unknown>, string, string]>([
    ['track', { event: 'e' }, 'missing-field', '/userId'],
    ['track', { userId: 'u' }, 'missing-field', '/event'],
    ['track', { userId: 'u', event: '  ' }, 'missing-field', '/event'],
    ['track', { userId: 'u', event: 'e', properties: [1] }, 'wrong-type', '/properties'],
    ['track', { userId: 'u'.repeat(201), event: 'e' }, 'too-long', '/userId'],
    ['track', { userId: 'u', event: 'e', properties: { a: 'x\0' } }, 'unstorable-text', '/properties/a'],
    ['track', { userId: 'u', event: 'e', messageId: 'm\ud800' }, 'unstorable-text', '/messageId'],
    ['track', { userId: 'u', event: 'e', context: { groupId: 'a'.repeat(300) } }, 'too-long', '/context/groupId'],
    ['group', { userId: 'u' }, 'missing-field', '/groupId'],
    [
      'group',
      { userId: 'u', groupId: 'a', traits: { arr: 1.005, currency: 'EUR' } },
      'too-many-decimals',
      '/traits/arr',
    ],
    [
      'group',
      { userId: 'u', groupId: 'a', traits: { externalIds: { '\ud800': '7' } } },
      'unstorable-text',
      '/traits/externalIds/\ud800',
    ],
    ['alias', { userId: 'u' }, 'missing-field', '/previousId'],
    ['page', { userId: 'u', name: 'n'.repeat(600) }, 'too-long', '/name'],
  ])('%s %j is refused: %s at %s', (kind, call, code, pointer) => {
    expect(map(kind, call)).toMatchObject({ code, pointer });
  });
});

describe('mergeBatch', () => {
  it('merges context and integrations of the batch into an item, whose own fields win', () => {
    const item = mergeBatch(
      { event: 'e', context: { ip: '1' } },
      { batch: [], context: { ip: '2', groupId: 'a' }, integrations: { All: true }, sentAt: 's' },
    );
    expect(item).toEqual({ event: 'e', context: { ip: '1', groupId: 'a' }, integrations: { All: true } });
  });

  it('keeps a key called __proto__ a plain key', () => {
    const item = mergeBatch({}, { context: JSON.parse('{"__proto__": {"groupId": "evil"}}') as object });
    expect((item['context'] as { groupId?: string }).groupId).toBeUndefined();
    expect(({} as { groupId?: string }).groupId).toBeUndefined();
  });
});

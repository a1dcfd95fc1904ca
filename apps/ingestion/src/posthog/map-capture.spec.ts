import { accountChanged, usageRecorded, userChanged } from '@tenure/contracts';

import type { Arrival, Mapped, Refusal } from '../intake/candidate.domain';
import { mapCapture } from './map-capture.domain';

const receivedMs = Date.parse('2026-05-03T12:00:00Z');
const arrival: Arrival = { tenantId: 'acme', sourceId: 'src_1', importing: false, receivedMs };

const map = (item: Record<string, unknown>, own: Arrival = arrival) =>
  mapCapture({ uuid: 'e-1', distinct_id: 'u-1', ...item }, own, () => 'made-up');

function mapped(outcome: Mapped | Refusal): Mapped {
  if ('code' in outcome) throw new Error(JSON.stringify(outcome));
  return outcome;
}

describe('An event of the capture API', () => {
  it('is usage of the company in its groups, with the other groups beside it', () => {
    const properties = { $groups: { project: 'p-1', company: 'c-1' }, plan: 'pro', $lib: 'posthog-node' };
    const { events, statements } = mapped(map({ event: 'exported', properties, timestamp: '2026-05-03T11:00:00Z' }));
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      definition: usageRecorded,
      id: 'e-1',
      source: '/sources/src_1',
      accountId: 'c-1',
      timeMs: Date.parse('2026-05-03T11:00:00Z'),
    });
    expect(events[0].data).toEqual({
      accountId: 'c-1',
      userId: 'u-1',
      event: 'exported',
      groups: { project: 'p-1' },
      properties: { plan: 'pro', $lib: 'posthog-node' },
    });
    expect(statements).toEqual([]);
  });

  it('takes the kind of group that the source names as its account', () => {
    const properties = { $groups: { company: 'c-1', workspace: 'w-1' } };
    const own = { ...arrival, accountProperty: 'workspace' };
    expect(mapped(map({ event: 'e', properties }, own)).events[0].accountId).toBe('w-1');
  });

  it('leads to the account of its user where it has no group', () => {
    expect(mapped(map({ event: 'e' })).events[0]).toMatchObject({ references: ['user:u-1'] });
    const inBrowser = { event: 'e', distinct_id: 'd-1', properties: { $device_id: 'd-1' } };
    expect(mapped(map(inBrowser)).events[0]).toMatchObject({ references: ['anonymous:d-1'] });
  });

  it('that sets something of the person changes the user as well', () => {
    const { events } = mapped(map({ event: 'e', properties: { $set: { email: 'jo@acme.com' } } }));
    expect(events.map((each) => [each.definition.type, each.id])).toEqual([
      [usageRecorded.type, 'e-1'],
      [userChanged.type, 'e-1#user'],
    ]);
    expect(events[1]?.data).toMatchObject({ userId: 'u-1', email: 'jo@acme.com' });
  });

  it.each(['$feature_flag_called', '$exception'])('called %s is what a machine did', (event) => {
    expect(mapped(map({ event })).events[0].data).toMatchObject({ event, actorType: 'service' });
  });

  it.each([
    ['$pageview', {}, 'Viewed Page'],
    ['$screen', { $screen_name: 'Settings' }, 'Viewed Settings Screen'],
  ])('called %s is a view', (event, properties, name) => {
    expect(mapped(map({ event, properties })).events[0].data).toMatchObject({ event: name });
  });

  it('$identify changes the user, links the id from before, and says where the user belongs', () => {
    const properties = {
      $set: { email: 'jo@acme.com' },
      $set_once: { title: 'CTO' },
      $anon_distinct_id: 'a-1',
      $groups: { company: 'c-1' },
    };
    const { events, statements } = mapped(map({ event: '$identify', properties }));
    expect(events[0]).toMatchObject({
      definition: userChanged,
      data: { userId: 'u-1', anonymousId: 'a-1', email: 'jo@acme.com', title: 'CTO' },
    });
    expect(statements).toEqual(
      expect.arrayContaining([
        { kind: 'link', from: 'anonymous:a-1', to: 'user:u-1' },
        { kind: 'link', from: 'user:a-1', to: 'user:u-1' },
        { kind: 'membership', key: 'user:u-1', accountId: 'c-1', sinceMs: receivedMs },
      ]),
    );
  });

  it('$create_alias links two ids', () => {
    const { events } = mapped(map({ event: '$create_alias', properties: { distinct_id: 'u-1', alias: 'before' } }));
    expect(events[0].data).toEqual({ userId: 'u-1', previousId: 'before' });
  });

  it('$groupidentify changes the account, and makes no user of a made-up person', () => {
    const properties = { $group_type: 'company', $group_key: 'c-1', $group_set: { name: 'Acme' } };
    const made = mapped(map({ event: '$groupidentify', distinct_id: '$company_c-1', properties }));
    expect(made.events).toHaveLength(1);
    expect(made.events[0]).toMatchObject({ definition: accountChanged, data: { accountId: 'c-1', name: 'Acme' } });
    expect(made.statements).toEqual([]);
    const real = mapped(map({ event: '$groupidentify', properties }));
    expect(real.events.map((each) => each.definition)).toEqual([accountChanged, userChanged]);
    expect(real.statements).toContainEqual(expect.objectContaining({ kind: 'membership', accountId: 'c-1' }));
  });

  it.each([
    [{ event: ' ' }, '/event'],
    [{ event: 'e', distinct_id: null }, '/distinct_id'],
    [{ event: 'e', uuid: 'x'.repeat(300) }, '/uuid'],
    [{ event: 'e', properties: { a: 'NUL \0' } }, '/properties/a'],
    [{ event: '$create_alias' }, '/properties/alias'],
    [{ event: '$groupidentify', properties: { $group_type: 'team', $group_key: 't' } }, '/properties/$group_type'],
  ])('is refused at its place: %j', (item, pointer) => {
    expect(map(item)).toMatchObject({ pointer });
  });
});

import { batchItems } from '../segment/read-calls.domain';
import { fingerprint } from '../intake/accept-items.handler';
import type { Arrival } from '../intake/candidate.domain';
import { RecordEncoder } from '../intake/record.domain';
import { settleItems } from '../intake/settle-items.domain';
import { glanceAt, keptItem, shown, wanted } from './live-item.domain';
import { WatchList } from './watch-list.domain';

const arrival: Arrival = {
  tenantId: 'acme',
  sourceId: 'src_1',
  importing: false,
  receivedMs: Date.UTC(2026, 4, 3),
  way: 'segment',
};
const everything = { type: null, account: null, user: null };

function kept(call: object) {
  const batch = { batch: [call] };
  const items = batchItems(batch, { value: batch, bytes: 1, suspicious: true }, arrival, () => 'id', 32_768);
  const { records } = settleItems(items, new Map(), new RecordEncoder(arrival, undefined, fingerprint), () => 'r-1');
  const [item] = items;
  if (!item) throw new Error('no item');
  return { item, kept: keptItem(arrival, item, records) };
}

const track = { type: 'track', event: 'Report Exported', userId: 'u-1', messageId: 'm-1' };

describe('What is kept for who watches', () => {
  it('is the item as it came and the envelope it became', () => {
    const { kept: live } = kept({ ...track, context: { groupId: 'a-1' } });
    expect(live).toMatchObject({
      outcome: 'accepted',
      type: 'tenure.usage.recorded.v1',
      accountId: 'a-1',
      userId: 'u-1',
      way: 'segment',
      reason: null,
      cut: false,
    });
    expect(JSON.parse(live.raw)).toMatchObject(track);
    expect(JSON.parse(live.mapped)).toMatchObject([{ subject: 'a-1', data: { event: 'Report Exported' } }]);
  });

  it('says why an item is held or refused', () => {
    expect(kept(track).kept).toMatchObject({
      outcome: 'held',
      accountId: null,
      reason: { code: 'account-unknown', detail: 'No account is known for the user u-1 yet.' },
    });
    expect(JSON.parse(kept(track).kept.mapped)).toMatchObject([{ id: 'm-1', heldFor: { userId: 'u-1' } }]);
    expect(kept({ ...track, event: 7 }).kept).toMatchObject({
      outcome: 'rejected',
      type: 'track',
      userId: 'u-1',
      mapped: 'null',
      reason: { code: 'missing-field', pointer: '/event' },
    });
  });

  it('has no secrets, nothing that a database refuses, and an end', () => {
    const { kept: live } = kept({
      ...track,
      writeKey: 'twk_x',
      userId: 'u\0\ud800',
      properties: { token: 'phc_x', n: 1 },
    });
    expect(live.raw).not.toMatch(/twk_x|phc_x/);
    expect(live.raw).not.toContain('\0');
    expect(live.userId).toBe('u\uFFFD\uFFFD');
    const long = shown({ text: 'x'.repeat(100_000) });
    expect([long.cut, long.text.length]).toEqual([true, 8_000]);
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(shown(circle)).toMatchObject({ cut: true });
  });

  it('is what somebody wants', () => {
    const glance = glanceAt(kept({ ...track, context: { groupId: 'a-1' } }).item, null);
    const ask = (filter: object) => wanted([{ ...everything, ...filter }], glance);
    expect([ask({}), ask({ type: 'usage' }), ask({ account: 'a-1' }), ask({ user: 'u-1' })]).toEqual(
      Array(4).fill(true),
    );
    expect([ask({ type: 'ticket' }), ask({ account: 'a' }), ask({ user: 'u-1', account: 'b' })]).toEqual(
      Array(3).fill(false),
    );
    expect(wanted([{ ...everything, user: 'u-2' }, everything], glance)).toBe(true);
  });
});

describe('A list of watches', () => {
  const watch = { ...everything, tenantId: 'acme', sourceId: 'src_1', untilMs: 60_000 };

  it('knows who watches until the watch is over', () => {
    const list = new WatchList(2);
    expect(list.find('acme', 'src_1', 0)).toBeUndefined();
    list.replace([watch]);
    expect(list.find('acme', 'src_1', 59_999)).toBeDefined();
    expect([list.find('acme', 'src_1', 60_000), list.find('other', 'src_1', 0)]).toEqual([undefined, undefined]);
    list.replace([]);
    expect(list.find('acme', 'src_1', 0)).toBeUndefined();
  });

  it('takes only so many a second and counts the others, also when a watch is renewed', () => {
    const list = new WatchList(2);
    list.replace([watch]);
    const take = (ms: number) => {
      const watched = list.find('acme', 'src_1', ms);
      return watched !== undefined && list.takes(watched, ms);
    };
    expect([take(1_000), take(1_100), take(1_200)]).toEqual([true, true, false]);
    list.replace([{ ...watch, untilMs: 90_000 }]);
    expect([take(1_300), take(2_000)]).toEqual([false, true]);
    expect(list.find('acme', 'src_1', 2_000)?.skipped).toBe(2);
  });
});

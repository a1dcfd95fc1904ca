import { keyAges, KeyCache } from './key-cache.domain';
import { type KeyedSource, prefixOf, presentedKey } from './write-key.domain';
import { newWriteKey } from './write-keys.repository';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('The write key of a request', () => {
  it.each([
    [basic('k1:'), {}, 'k1'],
    [basic('k1'), {}, 'k1'],
    ['bearer k1', {}, 'k1'],
    [undefined, { writeKey: 'k2' }, 'k2'],
    [basic(':'), { writeKey: 'k2' }, 'k2'],
    [basic('k1:'), { writeKey: 'k2' }, 'k1'],
    [undefined, null, undefined],
    ['Digest x', [], undefined],
    [undefined, { writeKey: 5 }, undefined],
  ])('of %s and %j is %s', (authorization, body, key) => {
    expect(presentedKey(authorization, body)).toBe(key);
  });

  it('shows only its beginning in lists', () => {
    const key = newWriteKey();
    expect(key.length - prefixOf(key).length).toBeGreaterThan(25);
  });
});

describe('The cache of keys', () => {
  const source: KeyedSource = { tenantId: 't', sourceId: 's', kind: 'segment', mode: 'live', state: 'active' };

  it('does not let a revoked key in for longer than five seconds', () => {
    const cache = new KeyCache(10);
    cache.set('h', source, 0);
    expect(cache.get('h', keyAges.freshMs)?.age).toBe('fresh');
    expect(cache.get('h', keyAges.staleMs)?.age).toBe('stale');
    expect(cache.get('h', keyAges.staleMs + 1)?.age).toBe('old');
    expect(keyAges.staleMs).toBeLessThan(5_000);
  });

  it('is bounded', () => {
    const cache = new KeyCache(2);
    for (const hash of ['a', 'b', 'c']) cache.set(hash, undefined, 0);
    expect(cache.get('a', 0)).toBeUndefined();
    expect(cache.get('c', 0)).toBeDefined();
  });
});

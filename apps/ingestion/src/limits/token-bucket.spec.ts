import fc from 'fast-check';

import { TokenBucket } from './token-bucket.domain';

describe('A token bucket', () => {
  it('lets in while anything is left, and charges into debt', () => {
    const bucket = new TokenBucket(100, 200, 0);
    bucket.charge(500, 0);
    expect(bucket.waitMs(0)).toBe(3_010);
    expect(bucket.waitMs(3_000)).toBe(10);
    expect(bucket.waitMs(3_010)).toBe(0);
  });

  it('tells how it stands', () => {
    const bucket = new TokenBucket(100, 200, 0);
    expect(bucket.state(0)).toEqual({ limit: 100, remaining: 200, resetSeconds: 0 });
    bucket.charge(250, 0);
    expect(bucket.state(0)).toEqual({ limit: 100, remaining: 0, resetSeconds: 3 });
    expect(bucket.state(1_000)).toEqual({ limit: 100, remaining: 50, resetSeconds: 2 });
    expect(bucket.state(60_000)).toEqual({ limit: 100, remaining: 200, resetSeconds: 0 });
  });

  it('lets no more in than its rate, its burst and one request, whenever they come', () => {
    const visits = fc.array(fc.record({ afterMs: fc.nat(400), events: fc.integer({ min: 1, max: 100 }) }));
    fc.assert(
      fc.property(visits, (list) => {
        const bucket = new TokenBucket(50, 100, 0);
        let now = 0;
        let events = 0;
        for (const visit of list) {
          now += visit.afterMs;
          if (bucket.waitMs(now) > 0) continue;
          bucket.charge(visit.events, now);
          events += visit.events;
        }
        expect(events).toBeLessThanOrEqual(100 + 100 + (now / 1_000) * 50);
      }),
    );
  });
});

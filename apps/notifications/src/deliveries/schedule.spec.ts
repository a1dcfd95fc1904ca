import fc from 'fast-check';
import { judge, webhookIdOf, type Outcome } from './delivery.domain';
import { jitter, parseRetryAfter, schedule, waitAfter } from './schedule.domain';

const now = new Date('2026-03-02T10:00:00.000Z');
const hour = 3_600_000;
const failed: Outcome = { result: 'retry', status: 500, detail: 'The receiver answered 500.' };
const fresh = { failingSince: null };

describe('the schedule', () => {
  it('is the published one', () => {
    expect(schedule.map((wait) => wait / 1_000)).toEqual([0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]);
  });

  it('keeps every wait within its jitter, and uses all of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (made, random) => {
        const wait = waitAfter(made, random)!;
        expect(Math.abs(wait - schedule[made]!)).toBeLessThanOrEqual(schedule[made]! * jitter + 1);
      }),
    );
    expect([waitAfter(1, 0), waitAfter(1, 0.5), waitAfter(1, 1)]).toEqual([4_750, 5_000, 5_250]);
    expect(waitAfter(10, 0.5)).toBeNull();
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Mon, 02 Mar 2026 10:05:00 GMT', 300_000],
    ['Mon, 02 Mar 2026 09:00:00 GMT', 0],
    ['Monday, 02-Mar-26 10:01:00 GMT', 60_000],
    ['31536000', 24 * hour],
    ['999999999999', 24 * hour],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['2026', 2_026_000],
    ['', null],
    [null, null],
  ])('%j is %j ms', (text, expected) => {
    expect(parseRetryAfter(text, now)).toBe(expected);
  });
});

describe('the verdict on an attempt', () => {
  it('of a success ends the delivery and the failing of its destination', () => {
    const outcome: Outcome = { result: 'delivered', status: 200, detail: '' };
    expect(judge(outcome, 3, { failingSince: now }, now, 0.5)).toEqual({
      status: 'delivered',
      nextAttemptAt: null,
      failingSince: null,
      disable: null,
    });
  });

  it('of a failure waits by the schedule, or longer where the receiver asks for it', () => {
    expect(judge(failed, 2, fresh, now, 0.5).nextAttemptAt).toEqual(new Date(now.getTime() + 300_000));
    expect(judge({ ...failed, retryAfterMs: 600_000 }, 2, fresh, now, 0.5).nextAttemptAt).toEqual(
      new Date(now.getTime() + 600_000),
    );
    expect(judge({ ...failed, retryAfterMs: 1_000 }, 2, fresh, now, 0.5).nextAttemptAt).toEqual(
      new Date(now.getTime() + 300_000),
    );
  });

  it('of the tenth failure gives up, without disabling', () => {
    expect(judge(failed, 10, fresh, now, 0.5)).toMatchObject({
      status: 'exhausted',
      nextAttemptAt: null,
      disable: null,
    });
  });

  it('disables after five days without a success, and at once where the receiver is gone', () => {
    const since = (hours: number) => ({ failingSince: new Date(now.getTime() - hours * hour) });
    expect(judge(failed, 1, since(119), now, 0.5).disable).toBeNull();
    expect(judge(failed, 1, since(120), now, 0.5).disable).toContain('5 days');
    expect(judge({ ...failed, result: 'gone', status: 410 }, 1, fresh, now, 0.5)).toMatchObject({ status: 'failed' });
    expect(judge({ ...failed, result: 'refused', status: 400 }, 1, fresh, now, 0.5)).toMatchObject({
      status: 'failed',
      disable: null,
    });
  });

  it('sends an id that fits into a header', () => {
    expect(webhookIdOf('01JV.3', 'dlv_1')).toBe('01JV.3');
    for (const odd of ['a b', 'ü', 'a\r\nx-evil: 1', '', 'x'.repeat(201)])
      expect(webhookIdOf(odd, 'dlv_1')).toBe('dlv_1');
  });
});

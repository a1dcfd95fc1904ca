import fc from 'fast-check';
import { countAttempt, type Attempts, type LockOutRule } from './lock-out.domain';

const rule: LockOutRule = { attempts: 5, windowMs: 900_000, lockMs: 900_000 };
const start = new Date('2026-03-01T08:00:00Z');
const at = (ms: number) => new Date(start.getTime() + ms);

function tryAt(times: readonly number[]): { allowed: number[]; last: Attempts | undefined } {
  let last: Attempts | undefined;
  const allowed: number[] = [];
  for (const ms of times) {
    const verdict = countAttempt(last, at(ms), rule);
    if (!verdict.allowed) continue;
    allowed.push(ms);
    last = verdict.attempts;
  }
  return { allowed, last };
}

describe('The lock-out', () => {
  it('looks at five attempts and then at none for fifteen minutes', () => {
    const { allowed } = tryAt([0, 1, 2, 3, 4, 5, 6, 900_003, 900_004]);
    expect(allowed).toEqual([0, 1, 2, 3, 4, 900_004]);
  });

  it('says how long to wait', () => {
    const { last } = tryAt([0, 0, 0, 0, 0]);
    expect(countAttempt(last, at(1_500), rule)).toEqual({ allowed: false, retryAfterSeconds: 899 });
  });

  it('forgets slow mistakes', () => {
    expect(tryAt([0, 1, 2, 3, 900_000, 900_001]).last).toEqual({ count: 2, since: at(900_000), lockedUntil: null });
  });

  it('never looks at more than five attempts in any fifteen minutes that begin with a fresh count', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 899_999 }), { maxLength: 60 }), (times) => {
        expect(tryAt(times.sort((a, b) => a - b)).allowed.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

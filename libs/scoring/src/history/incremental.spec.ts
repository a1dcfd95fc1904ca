import fc from 'fast-check';
import { defaultModel } from '../models/default-model';
import { accountHealth } from '../score/account-health';
import { evaluateSignals } from '../signals/evaluate-signals';
import { DAY_MS } from '../time/day';
import type { AccountHistory } from './account-history';
import { asOf } from './as-of';
import { emptyHistory, entity, humans, NOON, TODAY, usageDay, workdays } from './history-builder';
import { UsageDays } from './usage-days';

const robot = { ordinal: 3, ...entity('bot', 20, { kind: 'service' as const, active: true, licensed: null }) };
const users = [...humans(3), robot];

const account = (usage: UsageDays): AccountHistory =>
  emptyHistory({ users, usage, keyFeatures: [{ feature: 'opening', names: ['open'] }] });

function judged(history: AccountHistory, hours: number) {
  const when = asOf(NOON + hours * 3_600_000);
  return { health: accountHealth(history, when, defaultModel()), signals: evaluateSignals(history, when) };
}

/** A batch: a day that is today or late, who was there, how late it became known, and how many hours pass after it. */
const batches = fc.array(
  fc.record({
    ago: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })),
    ordinals: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 }),
    wait: fc.integer({ min: 0, max: 60 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('an account that is kept and updated', () => {
  it('always gives what the same account loaded anew would give', () => {
    fc.assert(
      fc.property(batches, (steps) => {
        const kept = account(UsageDays.of(workdays(200, 1, (ago) => 4 + (ago % 9))));
        let hours = 0;
        for (const { ago, ordinals, wait } of steps) {
          hours += wait;
          const today = TODAY + Math.floor((hours * 3_600_000 + DAY_MS / 2) / DAY_MS);
          kept.usage.add({ ...usageDay(0, ordinals), day: today - ago, knownDay: today });
          expect(judged(kept, hours)).toEqual(judged(account(UsageDays.of(kept.usage.all())), hours));
        }
      }),
      { numRuns: 60 },
    );
  });
});

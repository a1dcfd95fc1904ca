import fc from 'fast-check';
import { emptyHistory, entity, humans, noonOf, usageDay, workdays } from '../history/history-builder';
import { UsageDays } from '../history/usage-days';
import { withVersion } from '../model/model-version';
import { defaultModel } from '../models/default-model';
import { changeLedger, type ChangeLedger, type LedgerEnd } from './ledger';

const model = defaultModel();
const heavier = withVersion({
  ...model,
  number: 2,
  measures: model.measures.map((each) => (each.name === 'usage-recency' ? { ...each, weight: 40 } : each)),
});
const end = (daysAgo: number, rest: Partial<LedgerEnd> = {}): LedgerEnd => ({ at: noonOf(daysAgo), model, ...rest });
const part = (ledger: ChangeLedger, cause: string) => ledger.parts.find((each) => each.cause === cause);
const cents = (points: number) => Math.round(points * 100);
const sum = (ledger: ChangeLedger) => ledger.parts.reduce((total, { points }) => total + cents(points), 0);

const steady = () => emptyHistory({ usage: UsageDays.of(workdays(300, 0, () => 8)), users: humans(8) });

describe('the ledger of change', () => {
  it('adds up exactly, and every part to its lines', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(8), { minLength: 120, maxLength: 120 }),
        fc.integer({ min: 8, max: 110 }),
        fc.integer({ min: 0, max: 7 }),
        fc.option(fc.integer({ min: 0, max: 100 })),
        fc.boolean(),
        (users, from, to, set, other) => {
          const usage = UsageDays.of(users.map((count, ago) => usageDay(ago, count)));
          const override = set === null ? {} : { override: { score: set, by: 'Ana', reason: 'I know them' } };
          const ledger = changeLedger(
            emptyHistory({ usage, users: humans(8) }),
            end(from),
            end(to, { model: other ? heavier : model, ...override }),
          );
          expect(sum(ledger)).toBe(cents(ledger.difference));
          for (const { points, lines } of ledger.parts)
            expect(lines.reduce((total, line) => total + cents(line.points), 0)).toBe(cents(points));
        },
      ),
      { numRuns: 150, seed: 20_261 },
    );
  });

  it('calls it the passing of time where nothing happened', () => {
    const usage = UsageDays.of(workdays(200, 30, () => 8));
    const ledger = changeLedger(emptyHistory({ usage, users: humans(8) }), end(28), end(0));
    expect(ledger.difference).toBeLessThan(0);
    expect(part(ledger, 'time')?.points).toBe(ledger.difference);
    expect(part(ledger, 'behaviour')?.lines).toEqual([]);
  });

  it('calls it behaviour where people did less', () => {
    const usage = UsageDays.of(workdays(200, 0, (ago) => (ago > 14 ? 8 : 3)));
    const ledger = changeLedger(emptyHistory({ usage, users: humans(8) }), end(16), end(0));
    expect(part(ledger, 'behaviour')?.points).toBeLessThan(0);
    expect(part(ledger, 'behaviour')?.lines.map(({ measure }) => measure)).toContain('usage-trend');
  });

  it('tells what became known later from what happened', () => {
    const late = { ...usageDay(20, 8), knownDay: usageDay(5, 8).day };
    const usage = UsageDays.of([...workdays(200, 21, () => 8), late, ...workdays(13, 0, () => 8)]);
    const ledger = changeLedger(emptyHistory({ usage, users: humans(8) }), end(18), end(0));
    expect(part(ledger, 'late-data')?.points).not.toBe(0);
  });

  it('gives the model its own part, and nothing else changes', () => {
    const ledger = changeLedger(steady(), end(0), end(0, { model: heavier }));
    expect(part(ledger, 'model')?.points).toBe(ledger.difference);
    expect(ledger.difference).not.toBe(0);
  });

  it('gives what a person set its own part', () => {
    const override = { score: 20, by: 'Ana', reason: 'They told me' };
    const ledger = changeLedger(steady(), end(7), end(0, { override }));
    expect(ledger.to.score).toBe(20);
    expect(part(ledger, 'override')?.lines).toEqual([
      { measure: 'override:score', points: part(ledger, 'override')?.points, reason: 'Set to 20 by Ana: They told me' },
    ]);
  });

  it('counts an account without a score from zero', () => {
    const history = emptyHistory({
      firstSeen: noonOf(10),
      inputs: {},
      surveys: [],
      stakeholders: [entity('ana', 5, { roles: ['champion'], left: false, sentiment: null, influence: null } as never)],
    });
    const ledger = changeLedger(history, end(8), end(0));
    expect(sum(ledger)).toBe(cents(ledger.difference));
  });
});

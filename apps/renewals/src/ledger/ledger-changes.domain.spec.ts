import { DAY_MS } from '@tenure/scoring';
import { type Movement, withRunningTotals } from './arr-ledger.domain';
import { type KeptMovement, ledgerChanges } from './ledger-changes.domain';

const clock = { today: 20_000, now: 20_000 * DAY_MS };
const movement = (day: number, kind: Movement['kind'], amountMinor: number, part = 'whole') => ({
  name: `${day}|EUR|core|${part}`,
  day,
  kind,
  amountMinor,
  currency: 'EUR',
  product: 'core',
  contractId: 'a',
  reason: null,
});
const ledgerOf = (...list: ReturnType<typeof movement>[]) => withRunningTotals(list);
const keep = (list: readonly Movement[], age = 10): KeptMovement[] =>
  list.map((one) => ({ ...one, version: 1, removed: false, since: clock.now - age * DAY_MS }));
/** What a reader holds that folds by name and version. */
const folded = (...batches: readonly (readonly KeptMovement[])[]) => {
  const held = new Map<string, KeptMovement>();
  for (const one of batches.flat()) if (one.version > (held.get(one.name)?.version ?? 0)) held.set(one.name, one);
  return [...held.values()];
};
const total = (list: readonly Movement[]) => list.reduce((sum, one) => sum + one.amountMinor, 0);

const begun = movement(19_000, 'new', 100);
const lost = movement(19_900, 'churn', -100, 'churn');

describe('changes of a kept ledger', () => {
  it('publishes a new ledger whole, and nothing when nothing changed', () => {
    const ledger = ledgerOf(begun, lost);
    const first = ledgerChanges(ledger, [], clock);
    expect(first.map((one) => [one.kind, one.version])).toEqual([
      ['new', 1],
      ['churn', 1],
    ]);
    expect(ledgerChanges(ledger, first, clock)).toEqual([]);
  });

  it('gives another amount another version, and counts on behind it', () => {
    const before = keep(ledgerOf(begun, movement(19_500, 'expansion-price', 5)));
    const changed = ledgerChanges(
      ledgerOf({ ...begun, amountMinor: 90 }, movement(19_500, 'expansion-price', 5)),
      before,
      clock,
    );
    expect(changed.map((one) => [one.version, one.amountMinor, one.arrAfterMinor])).toEqual([
      [2, 90, 90],
      [2, 5, 95],
    ]);
  });

  it('takes back what is no longer there, and knows it again when it returns', () => {
    const before = keep(ledgerOf(begun, movement(19_500, 'expansion-price', 5)));
    const [removal] = ledgerChanges(ledgerOf(begun), before, clock);
    expect(removal).toMatchObject({ version: 2, amountMinor: 0, removed: true });
    const again = ledgerChanges(
      ledgerOf(begun, movement(19_500, 'expansion-price', 5)),
      folded(before, [removal!]),
      clock,
    );
    expect(again).toMatchObject([{ version: 3, amountMinor: 5, removed: false }]);
  });

  it('corrects a churn that people have seen, beside it, and leaves it so', () => {
    const before = keep(ledgerOf(begun, lost));
    const derived = ledgerOf(begun, movement(19_900, 'expansion-price', 7));
    const changes = ledgerChanges(derived, before, clock);
    expect(changes.map((one) => [one.kind, one.amountMinor, one.arrAfterMinor])).toEqual([
      ['correction', 100, 100],
      ['expansion-price', 7, 107],
    ]);
    const after = folded(before, changes);
    expect(total(after)).toBe(total(derived));
    expect(ledgerChanges(derived, after, clock)).toEqual([]);
  });

  it('drops the correction when the churn turns out true after all', () => {
    const before = keep(ledgerOf(begun, lost));
    const after = folded(before, ledgerChanges(ledgerOf(begun), before, clock));
    const again = folded(after, ledgerChanges(ledgerOf(begun, lost), after, clock));
    expect(total(again)).toBe(0);
    expect(again.find((one) => one.kind === 'correction')).toMatchObject({ removed: true, amountMinor: 0 });
  });

  it('withdraws a churn that is still ahead, or that stood for less than a day', () => {
    const ahead = keep(ledgerOf(begun, movement(20_100, 'churn', -100, 'churn')));
    const justNow = keep(ledgerOf(begun, lost), 0);
    for (const before of [ahead, justNow]) {
      const changes = ledgerChanges(ledgerOf(begun), before, clock);
      expect(changes.map((one) => [one.kind, one.removed])).toEqual([['churn', true]]);
    }
  });

  it('leaves nothing behind in an account whose contracts went to another', () => {
    const before = keep(ledgerOf(begun, lost));
    expect(ledgerChanges([], before, clock).every((one) => one.removed && one.amountMinor === 0)).toBe(true);
  });
});

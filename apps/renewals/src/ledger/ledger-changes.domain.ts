import { DAY_MS, type EpochDay, type Instant } from '@tenure/scoring';
import { type Movement, withRunningTotals } from './arr-ledger.domain';

/** A movement as it is kept and was published. */
export interface KeptMovement extends Movement {
  readonly version: number;
  /** It is no longer part of the ledger; kept so that its versions go on, and its id is never another thing's. */
  readonly removed: boolean;
  /** When its first version was published. */
  readonly since: Instant;
}

export interface LedgerClock {
  readonly today: EpochDay;
  readonly now: Instant;
}

/** A churn that stood for less than this was an order of arrival, not news; it is withdrawn without a trace. */
const STANDING_MS = DAY_MS;

/** What of the derived ledger differs from the kept one: new versions of movements, in the ledger's order, then removals. */
export function ledgerChanges(
  derived: readonly Movement[],
  kept: readonly KeptMovement[],
  clock: LedgerClock,
): KeptMovement[] {
  const known = new Map(kept.map((one) => [one.name, one]));
  const ledger = healed(derived, kept, clock);
  const names = new Set(ledger.map((one) => one.name));
  const changed = ledger.flatMap((movement) => {
    const before = known.get(movement.name);
    if (before && !before.removed && same(before, movement)) return [];
    return [{ ...movement, version: (before?.version ?? 0) + 1, removed: false, since: before?.since ?? clock.now }];
  });
  const gone = kept.filter((one) => !one.removed && !names.has(one.name));
  return [...changed, ...gone.map((one) => ({ ...one, amountMinor: 0, version: one.version + 1, removed: true }))];
}

/**
 * A churn that people have seen stays in the books when a late signature undoes it: a correction of the same day takes it
 * back, so that the restatement is visible. A churn still ahead, or published a moment ago, just goes; so does everything
 * of an account whose contracts went to another.
 */
function healed(derived: readonly Movement[], kept: readonly KeptMovement[], clock: LedgerClock): Movement[] {
  if (derived.length === 0) return [];
  const names = new Set(derived.map((one) => one.name));
  const undone = kept.filter((one) => isStandingChurn(one, clock) && !names.has(one.name));
  if (undone.length === 0) return [...derived];
  const corrections = undone.map((one) => ({
    ...one,
    name: `${one.name}|healed`,
    kind: 'correction' as const,
    amountMinor: -one.amountMinor,
    reason: `Signed late: the churn of ${one.contractId} is taken back.`,
  }));
  return withRunningTotals([...derived, ...undone, ...corrections].map(plain));
}

function isStandingChurn(one: KeptMovement, { today, now }: LedgerClock): boolean {
  return one.kind === 'churn' && !one.removed && one.day <= today && now - one.since >= STANDING_MS;
}

function plain({
  name,
  day,
  currency,
  product,
  contractId,
  kind,
  amountMinor,
  reason,
  arrAfterMinor,
}: Movement): Movement {
  return { name, day, currency, product, contractId, kind, amountMinor, reason, arrAfterMinor };
}

function same(a: Movement, b: Movement): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

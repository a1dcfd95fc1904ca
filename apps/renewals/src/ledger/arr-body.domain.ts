import { type ArrBody, fromMinor } from '@tenure/contracts';
import { type EpochDay, isoFromDay } from '@tenure/scoring';
import { profileArr } from '../accounts/account-facts.domain';
import type { Movement } from './arr-ledger.domain';

/** A movement with its id. */
export type ShownMovement = Omit<Movement, 'name'> & { readonly movementId: string };

/** The body of `GET /accounts/{id}/arr`; an account with several currencies leads with its largest. */
export type ArrPage = ArrBody & { readonly byCurrency: Readonly<Record<string, number>> };

/** ARR today: the sum of the movements up to today; of the profile only while there is no contract. */
export function arrBody(
  { movements, profile, hasContracts }: Pick<Parts, 'movements' | 'profile' | 'hasContracts'>,
  today: EpochDay,
): ArrPage {
  if (!hasContracts) return { ...ofProfile(profile), movements: [] };
  const totals = new Map<string, number>();
  for (const { day, currency, amountMinor } of movements)
    if (day <= today) totals.set(currency, (totals.get(currency) ?? 0) + amountMinor);
  const ordered = [...totals].sort(([, a], [, b]) => b - a);
  const [currency, minor] = ordered[0] ?? [null, 0];
  return {
    arr: currency === null ? 0 : fromMinor(minor, currency),
    currency,
    source: 'contracts',
    byCurrency: Object.fromEntries(ordered.map(([each, amount]) => [each, fromMinor(amount, each)])),
    movements: movements.map(shown),
  };
}

interface Parts {
  readonly movements: readonly ShownMovement[];
  readonly profile: Readonly<Record<string, unknown>>;
  readonly hasContracts: boolean;
}

function ofProfile(profile: Parts['profile']): Omit<ArrPage, 'movements'> {
  const told = profileArr(profile);
  if (!told) return { arr: null, currency: null, source: null, byCurrency: {} };
  const arr = fromMinor(told.arrMinor, told.currency);
  return { arr, currency: told.currency, source: 'profile', byCurrency: { [told.currency]: arr } };
}

function shown({
  movementId,
  day,
  kind,
  product,
  contractId,
  amountMinor,
  currency,
  arrAfterMinor,
  reason,
}: ShownMovement) {
  return {
    movementId,
    date: isoFromDay(day),
    kind,
    product,
    contractId,
    amount: fromMinor(amountMinor, currency),
    currency,
    arrAfter: fromMinor(arrAfterMinor, currency),
    reason,
  };
}

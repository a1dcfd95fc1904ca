import { type ContractState, type ContractTerms, dayStart, type EpochDay, type Instant } from '@tenure/scoring';

/** Days after the end for which an unsigned contract keeps its ARR; one more and it is gone. */
const GRACE_DAYS = 60;

/**
 * When the clock alone can next change ARR or decision date: the first day after `today` on which a contract or a line
 * begins, ends, is decided or leaves its grace. `terms` know the decision of a contract that has rolled on. Null: nothing
 * is ahead. Waking too often is harmless.
 */
export function nextChange(
  contracts: readonly ContractState[],
  terms: Pick<ContractTerms, 'decisionDate' | 'nextEnd'>,
  today: EpochDay,
  timeZone: string,
): Instant | null {
  const rolled = [terms.decisionDate, terms.nextEnd].flatMap((day) => (day === null ? [] : [day + 1]));
  const days = [...contracts.flatMap(daysOf), ...rolled].filter((day) => Number.isFinite(day) && day > today);
  return days.length === 0 ? null : dayStart(Math.min(...days), timeZone);
}

function daysOf(contract: ContractState): EpochDay[] {
  const { start, end, effectiveDay, noticeDays = 0, lines } = contract;
  const own = [start, end + 1, end - noticeDays + 1, end + GRACE_DAYS + 1, effectiveDay ?? NaN];
  const ofLines = lines.flatMap((line) => [line.start ?? NaN, (line.end ?? NaN) + 1]);
  return [...own, ...ofLines];
}

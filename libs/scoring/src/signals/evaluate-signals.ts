import type { AccountHistory } from '../history/account-history';
import type { AsOf } from '../history/as-of';
import type { SignalContext, SignalEvaluation, SignalMemory, SignalName, SignalParameters } from './signal';

export type PreviousSignals = Readonly<Partial<Record<SignalName, SignalMemory>>>;

/** Every signal of the catalogue for one account. Store each result's `SignalMemory` fields and give them back next time. */
export function evaluateSignals(
  _history: AccountHistory,
  _asOf: AsOf,
  _context: SignalContext = {},
  _previous: PreviousSignals = {},
  _parameters: SignalParameters = {},
): SignalEvaluation[] {
  throw new Error('in work');
}

import type { AccountHistory } from '../history/account-history';
import type { AsOf } from '../history/as-of';
import type { ContractTerms } from './terms';

/** The part of a history that terms are read from; an `AccountHistory` fits. */
export type ContractHistory = Pick<AccountHistory, 'timeZone' | 'contracts' | 'profile'>;

/** Contracts in force, ARR, decision date, notice and overdue ends at a standpoint. */
export function contractTerms(_history: ContractHistory, _asOf: AsOf): ContractTerms {
  throw new Error('in work');
}

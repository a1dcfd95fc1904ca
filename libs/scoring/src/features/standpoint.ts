import { contractTerms } from '../contracts/contract-terms';
import type { ContractTerms } from '../contracts/terms';
import type { AccountHistory } from '../history/account-history';
import type { AsOf } from '../history/as-of';
import type { Bitmap } from '../history/bitmap';
import { inputStatus, type InputKind } from '../history/inputs';
import { daysOf, nonHumans } from '../history/people';
import { isoFromDay, type EpochDay } from '../time/day';
import type { EvidenceLine, Feature, Unit, Window } from './feature';

/** What every feature function is given: the history, where we stand, and what several of them need. */
export interface View {
  readonly history: AccountHistory;
  readonly asOf: AsOf;
  readonly today: EpochDay;
  readonly known: EpochDay;
  /** Users who are not human. */
  readonly except: Bitmap;
  readonly terms: ContractTerms;
}

/** The last view of a history: features and every signal of one evaluation look from the same standpoint. */
const views = new WeakMap<AccountHistory, View>();

export function viewOf(history: AccountHistory, asOf: AsOf): View {
  const last = views.get(history);
  if (last && last.asOf.at === asOf.at && last.asOf.knownAt === asOf.knownAt) return last;
  const { today, known } = daysOf(history, asOf);
  const view = { history, asOf, today, known, except: nonHumans(history, asOf), terms: contractTerms(history, asOf) };
  views.set(history, view);
  return view;
}

export function isLive(view: View, kind: InputKind): boolean {
  return inputStatus(view.history.inputs, kind, view.asOf.at) === 'live';
}

export function missing(reason: string): Feature {
  return { value: null, reason, evidence: [] };
}

/** Missing because the input is not connected or stale; null when it is live. */
export function absent(view: View, kind: InputKind): Feature | null {
  const status = inputStatus(view.history.inputs, kind, view.asOf.at);
  if (status === 'live') return null;
  return missing(status === 'never' ? `No source of ${kind} is connected.` : `The source of ${kind} is stale.`);
}

export function windowOf(from: EpochDay, to: EpochDay, label: string): Window {
  return { from: isoFromDay(from), to: isoFromDay(to), label };
}

export function lastDays(view: View, days: number): Window {
  return windowOf(view.today - days + 1, view.today, `last ${days} days`);
}

export function line(
  label: string,
  value: number | null,
  unit: Unit,
  window: Window | null = null,
  ids: readonly string[] = [],
): EvidenceLine {
  return { label, value, unit, window, ids };
}

/** "1 ticket", "4 tickets". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${round(n)} ${n === 1 ? one : many}`;
}

/** One decimal at most, for sentences. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A sentence as a headline: without its full stop. */
export function headline(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

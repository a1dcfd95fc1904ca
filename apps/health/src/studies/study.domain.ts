import type { AccountState } from '../history/hot-state.domain';

/** A question about every account of a tenant, and how far its answer is. */
export interface Study<Question = object, Result = object> {
  readonly studyId: string;
  readonly kind: string;
  readonly question: Question;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly askedBy: string;
  readonly askedAt: Date;
  /** Accounts looked at, of `total`. */
  readonly done: number;
  readonly total: number;
  /** The answer once it is done; `{error}` where it failed. */
  readonly result: Result | { readonly error: string } | null;
}

/** What works an answer out: it is shown every account once, in the order of their ids, and then asked for the answer. */
export interface StudyWork {
  add(account: AccountState): void;
  finish(): object | Promise<object>;
}

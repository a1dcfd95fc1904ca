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

/** What works an answer out of every account, each once, in the order of their ids. */
export interface StudyWork {
  answer(accounts: AsyncIterable<AccountState>): Promise<object>;
}

/** A study that looks at one account after the other, and then says what it found. */
export abstract class AccountByAccount implements StudyWork {
  async answer(accounts: AsyncIterable<AccountState>): Promise<object> {
    for await (const account of accounts) this.add(account);
    return this.finish();
  }

  protected abstract add(account: AccountState): void;
  protected abstract finish(): object;
}

import type { PoolClient } from 'pg';
import { QueryFailedError } from 'typeorm';

import { sqlState } from '../errors/database-failure';
import { Problem } from '../errors/problem';
import { forgetStatements, statementName } from './statement-names';

/**
 * An open transaction, the first argument of every repository and read-model method.
 * `query` takes `$1` parameters and answers the rows: bigint and numeric as strings, timestamptz as Date, jsonb parsed.
 * Statements that do not need each other's answers may be sent without waiting (`Promise.all`): they run in the order in
 * which they were sent, and share a round trip.
 */
export interface Tx {
  /** The tenants whose rows this transaction can see; fixed when it began. */
  readonly tenants: readonly string[];
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** What a statement says that came after one that failed. */
const alreadyFailed = '25P02';

/** A `Tx` over one connection. A statement after the end is a bug, so it throws instead of writing outside. */
export class ClientTx implements Tx {
  private open = true;
  private failure: unknown;

  /** @param prepared whether statements are kept prepared on the connection: for those that come again and again */
  constructor(
    private readonly client: PoolClient,
    readonly tenants: readonly string[],
    private readonly prepared: boolean,
  ) {}

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    if (!this.open) throw new Error('The transaction is over: a statement came after its commit or rollback.');
    const name = this.prepared ? statementName(sql) : undefined;
    const values = [...parameters];
    try {
      const { rows } = await this.client.query(
        name === undefined ? { text: sql, values } : { name, text: sql, values },
      );
      return (rows ?? []) as Row[];
    } catch (error) {
      throw this.failed(sql, values, error);
    }
  }

  end(): void {
    this.open = false;
  }

  /** Of several statements that were sent together, the first that failed says why. */
  private failed(sql: string, values: unknown[], error: unknown): unknown {
    if (sqlState(error) === alreadyFailed && this.failure !== undefined) return this.failure;
    this.failure ??= wasReshaped(error)
      ? new Problem('unavailable', 'A table has just changed its shape.')
      : new QueryFailedError(sql, values, error as Error);
    return this.failure;
  }
}

/** A migration changed a table that a prepared statement reads: prepared anew, it will do. */
function wasReshaped(error: unknown): boolean {
  const reshaped = error instanceof Error && error.message.startsWith('cached plan must not change result type');
  if (reshaped) forgetStatements();
  return reshaped;
}

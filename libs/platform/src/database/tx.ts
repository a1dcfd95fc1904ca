import type { QueryRunner } from 'typeorm';

/**
 * An open transaction, the first argument of every repository and read-model method.
 * `query` takes `$1` parameters and answers the rows: bigint and numeric as strings, timestamptz as Date, jsonb parsed.
 */
export interface Tx {
  /** The tenants whose rows this transaction can see; fixed when it began. */
  readonly tenants: readonly string[];
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** A `Tx` over one TypeORM query runner. A statement after the end is a bug, so it throws instead of writing outside. */
export class RunnerTx implements Tx {
  private open = true;

  constructor(
    private readonly runner: QueryRunner,
    readonly tenants: readonly string[],
  ) {}

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    if (!this.open) throw new Error('The transaction is over: a statement came after its commit or rollback.');
    const result = await this.runner.query(sql, [...parameters], true);
    return (result.records ?? []) as Row[];
  }

  end(): void {
    this.open = false;
  }
}

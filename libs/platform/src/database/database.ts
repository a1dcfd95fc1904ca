import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';

import { ClientTx, type Tx } from './tx';

const tenantId = /^[a-z0-9-]{1,40}$/;

/** What a `Database` connects to. */
export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly applicationName: string;
}

/**
 * The service's own Postgres. Every statement runs inside a transaction that names the tenants whose rows it may see;
 * row-level security does the rest, so a forgotten condition shows nothing instead of everything.
 */
export class Database {
  private constructor(private readonly source: DataSource) {}

  static async connect(options: DatabaseOptions): Promise<Database> {
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      applicationName: options.applicationName,
      connectTimeoutMS: 5_000,
      poolSize: options.poolSize,
      // A connection that drops while idle is the pool's to replace; without a listener pg would end the process.
      poolErrorHandler: () => undefined,
      // A statement is sent when it is given, not when the one before it has answered.
      extra: { pipeline: true },
    });
    await source.initialize();
    return new Database(source);
  }

  /** Runs `work` in a transaction that sees and writes rows of these tenants. Throws what `work` throws, after rollback. */
  write<T>(tenants: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(tenants, false, work);
  }

  /** As `write`, but the database refuses every change. */
  read<T>(tenants: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(tenants, true, work);
  }

  /** A transaction for the machinery's tables in schema `system`: it sees no tenant's rows. */
  system<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction([], false, work);
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async transaction<T>(
    tenants: readonly string[],
    readOnly: boolean,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    for (const tenant of tenants)
      if (!tenantId.test(tenant)) throw new Error(`Not a tenant id: ${JSON.stringify(tenant)}`);
    const runner = this.source.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    const tx = new ClientTx(client, tenants, !readOnly);
    // Nothing waits for these two: they go out with the first statement of the work.
    const begun = Promise.all([client.query('begin'), client.query(scope(tenants, readOnly))]);
    begun.catch(() => undefined);
    try {
      const result = await work(tx);
      await begun;
      tx.end();
      const { command } = await client.query('commit');
      if (command === 'ROLLBACK') throw new Error('A statement failed that nobody waited for; nothing was written.');
      return result;
    } catch (error) {
      tx.end();
      // The first error is the one that matters: a rollback that fails too (the connection is gone) must not hide it.
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

function scope(tenants: readonly string[], readOnly: boolean): { name: string; text: string; values: string[] } {
  return {
    name: 'scope',
    text: `select set_config('tenure.tenants', $1, true), set_config('transaction_read_only', $2, true)`,
    values: [tenants.join(','), readOnly ? 'on' : 'off'],
  };
}

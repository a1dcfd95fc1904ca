import { Injectable } from '@nestjs/common';
import { erasureApplied, type ErasureRequested } from '@tenure/contracts';

import { Clock } from '../clock/clock';
import { ServiceConfig } from '../config/service.config';
import { Database } from '../database/database';
import { Notifications } from '../database/notifications';
import type { Tx } from '../database/tx';
import { Logger } from '../logging/logger';
import { Outbox } from '../outbox/outbox';
import { identifierOf, PersonMatcher } from './person-matcher';
import { sweepAccount, sweepPerson, type SweptTable, sweptTables } from './sweep-table';

const lookEveryMs = 5_000;
const patienceMs = 120_000;

interface Task {
  tenant_id: string;
  request: ErasureRequested;
  tables: Record<string, number>;
  asked_at: Date;
}

/** What a sweep writes to and with. */
@Injectable()
export class SweepStores {
  constructor(
    readonly database: Database,
    readonly outbox: Outbox,
    readonly notifications: Notifications,
    readonly config: ServiceConfig,
  ) {}
}

/**
 * Removes from the service's tables who was asked to be erased, and reports what it did. It begins when every transaction
 * has ended that may not have seen the request: so nothing can be written behind its back. A table at a time; what was
 * done stays done when the process ends in between.
 */
@Injectable()
export class ErasureSweeper {
  private timer: NodeJS.Timeout | undefined;
  private unsubscribe: () => void = () => undefined;
  private current: Promise<void> = Promise.resolve();
  private busy = false;

  constructor(
    private readonly stores: SweepStores,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  start(): void {
    const look = (): void => {
      if (this.busy) return;
      this.busy = true;
      this.current = this.look()
        .catch((error: unknown) => this.logger.warn('An erasure has to wait', { err: error }))
        .finally(() => (this.busy = false));
    };
    this.unsubscribe = this.stores.notifications.on('tenure_erasures', look);
    this.timer = setInterval(look, lookEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.unsubscribe();
    await this.current;
  }

  private async look(): Promise<void> {
    const tasks = await this.stores.database.system((tx) =>
      tx.query<Task>(
        `select tenant_id, request, tables, asked_at from system.erasure_tasks
         where known_by < pg_snapshot_xmin(pg_current_snapshot()) order by asked_at limit 10`,
      ),
    );
    for (const task of tasks) await this.sweep(task);
  }

  private async sweep(task: Task): Promise<void> {
    const { database } = this.stores;
    const { tenant_id, request } = task;
    if (request.kind === 'account' && !(await this.isDeleted(task))) return;
    const tables = await database.read([tenant_id], sweptTables);
    for (const table of tables) {
      const name = `${table.schema === 'system' ? 'system.' : ''}${table.name}`;
      await database.write([tenant_id], async (tx) => {
        // A table of years is read whole: longer than a statement of a request may take.
        await tx.query(`set local statement_timeout = '15min'`);
        const rows = await this.sweepTable(tx, table, task);
        const before = task.tables[name] ?? 0;
        task.tables[name] = before + rows;
        await tx.query('update system.erasure_tasks set tables = $3 where tenant_id = $1 and erasure_id = $2', [
          tenant_id,
          request.erasureId,
          JSON.stringify(task.tables),
        ]);
      });
    }
    await this.report(task);
  }

  private async sweepTable(tx: Tx, table: SweptTable, { tenant_id, request }: Task): Promise<number> {
    if (request.kind === 'account') return sweepAccount(tx, table, tenant_id, request.account ?? '');
    const salt = 'sweep';
    const said = request.identifiers ?? [];
    const found = said.flatMap((each) => identifierOf(each, request.erasureId, salt) ?? []);
    const words = said.flatMap(({ text }) => longestWord(text));
    const { rows, accounts } = await sweepPerson(tx, table, tenant_id, words, new PersonMatcher(found, salt));
    if (accounts.length > 0) await forgetRemembered(tx, tenant_id, accounts);
    return rows;
  }

  /** The service's own way of deleting an account comes first: it ends what others heard of. */
  private async isDeleted({ tenant_id, request, asked_at }: Task): Promise<boolean> {
    if (this.clock.now().getTime() - asked_at.getTime() > patienceMs) return true;
    return this.stores.database.read([tenant_id], async (tx) => {
      const [marks] = await tx.query<{ name: string; sql: string }>(
        `select c.table_name as name, c.column_name as sql from information_schema.columns c
         where c.table_schema = 'public' and (c.table_name, c.column_name) in (('accounts', 'erased_at'), ('forgotten_accounts', 'forgotten_at'))`,
      );
      if (!marks) return true;
      const rows = await tx.query(
        `select 1 from ${marks.name} where tenant_id = $1 and account_id = $2 and ${marks.sql} is not null`,
        [tenant_id, request.account],
      );
      return rows.length > 0;
    });
  }

  private async report({ tenant_id, request, tables }: Task): Promise<void> {
    const { database, outbox, config } = this.stores;
    const now = this.clock.now();
    const { erasureId } = request;
    const touched = Object.entries(tables).filter(([, rows]) => rows > 0);
    await database.write([tenant_id], async (tx) => {
      await outbox.add(tx, erasureApplied, {
        tenant: tenant_id,
        account: `erasure/${erasureId}`,
        id: `${erasureId}-${config.service}`,
        time: now,
        data: {
          erasureId,
          service: config.service,
          tables: touched.map(([table, rows]) => ({ table, rows })),
          appliedAt: now.toISOString(),
        },
      });
      await tx.query('delete from system.erasure_tasks where tenant_id = $1 and erasure_id = $2', [
        tenant_id,
        erasureId,
      ]);
    });
  }
}

const longestWord = (text: string): string[] => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.sort((a, b) => b.length - a.length).slice(0, 1);
};

/** Accounts that a process remembers are read again once their version has moved. */
async function forgetRemembered(tx: Tx, tenantId: string, accounts: readonly string[]): Promise<void> {
  const [table] = await tx.query<{ there: boolean }>(`select to_regclass('public.accounts') is not null as there`);
  if (!table?.there) return;
  await tx.query('update accounts set version = version + 1 where tenant_id = $1 and account_id = any($2::text[])', [
    tenantId,
    accounts,
  ]);
}

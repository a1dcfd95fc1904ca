import { tenantTable } from '@tenure/platform';
import { packedUses, unpackedUses } from '@tenure/scoring';
import type { MigrationInterface, QueryRunner } from 'typeorm';

interface Place {
  tenant_id: string;
  account_id: string;
}

interface UseRow {
  day: number;
  known_day: number;
  number: number;
  events: string;
  users: Buffer;
}

interface PackedRow extends Place {
  day: number;
  known_day: number;
  uses: Buffer;
}

/**
 * The event names of a day stand packed in the day's row, a name by a number that is its own in the account. A row for
 * each name and day was written for two events of three, and was most of what was read of an account.
 */
export class PackedUsage1762500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table usage_days add column uses bytea not null default ''`);
    await runner.query(`
      create table event_names (
        tenant_id text not null, account_id text not null, number int not null, name text not null,
        primary key (tenant_id, account_id, number))`);
    await this.seenByOwner(runner, ['usage_names', 'usage_days'], async () => {
      await runner.query(`
        insert into event_names (tenant_id, account_id, number, name)
        select tenant_id, account_id, row_number() over (partition by tenant_id, account_id order by name) - 1, name
        from (select distinct tenant_id, account_id, name from usage_names) as n`);
      const accounts = (await runner.query('select distinct tenant_id, account_id from usage_names')) as Place[];
      for (const account of accounts) await this.pack(runner, account);
    });
    await runner.query('drop table usage_names');
    await tenantTable(runner, 'event_names');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table usage_names (
        tenant_id text not null, account_id text not null, day int not null, known_day int not null, name text not null,
        events bigint not null, users bytea not null,
        primary key (tenant_id, account_id, day, known_day, name))`);
    await this.seenByOwner(runner, ['usage_days', 'event_names'], async () => {
      const rows = (await runner.query(
        'select tenant_id, account_id, day, known_day, uses from usage_days',
      )) as PackedRow[];
      for (const row of rows) await this.unpack(runner, row);
    });
    await runner.query('drop table event_names');
    await runner.query('alter table usage_days drop column uses');
    await tenantTable(runner, 'usage_names');
  }

  /** Row-level security holds for the owner too, who here has to see all tenants. */
  private async seenByOwner(runner: QueryRunner, tables: readonly string[], work: () => Promise<void>): Promise<void> {
    for (const table of tables) await runner.query(`alter table ${table} no force row level security`);
    await work();
    for (const table of tables) await runner.query(`alter table ${table} force row level security`);
  }

  private async pack(runner: QueryRunner, { tenant_id, account_id }: Place): Promise<void> {
    const rows = (await runner.query(
      `select u.day, u.known_day, n.number, u.events, u.users from usage_names u
       join event_names n using (tenant_id, account_id, name) where tenant_id = $1 and account_id = $2 order by n.number`,
      [tenant_id, account_id],
    )) as UseRow[];
    for (const own of Map.groupBy(rows, (row) => `${row.day}/${row.known_day}`).values()) {
      const uses = own.map((row) => ({ name: row.number, events: Number(row.events), users: row.users }));
      await runner.query(
        'update usage_days set uses = $5 where tenant_id = $1 and account_id = $2 and day = $3 and known_day = $4',
        [tenant_id, account_id, own[0]?.day, own[0]?.known_day, Buffer.from(packedUses(uses), 'latin1')],
      );
    }
  }

  private async unpack(runner: QueryRunner, row: PackedRow): Promise<void> {
    for (const use of unpackedUses(row.uses.toString('latin1')))
      await runner.query(
        `insert into usage_names (tenant_id, account_id, day, known_day, name, events, users)
         select $1, $2, $3, $4, name, $6, $7 from event_names where tenant_id = $1 and account_id = $2 and number = $5`,
        [row.tenant_id, row.account_id, row.day, row.known_day, use.name, use.events, Buffer.from(use.users)],
      );
  }
}

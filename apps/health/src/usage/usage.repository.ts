import { Injectable } from '@nestjs/common';
import { byteas, int4s, int8s, texts, timestamps, type AccountKey, type Tx } from '@tenure/platform';
import type { PackedDay } from '@tenure/scoring';

import type { NewUser } from './usage-delta.domain';

/** A name of an event, and the number that stands for it in the account's days. */
export interface NumberedName {
  readonly number: number;
  readonly name: string;
}

/** Rows of one account, whole: they replace what is stored. */
export interface ChangedUsage {
  readonly key: AccountKey;
  readonly days: readonly PackedDay[];
  readonly newNames: readonly NumberedName[];
  readonly newUsers: readonly NewUser[];
}

/** The rollup tables. The accounts are locked, so a row read with the history and written here cannot have changed between. */
@Injectable()
export class UsageRepository {
  async save(tx: Tx, changes: readonly ChangedUsage[]): Promise<void> {
    await Promise.all([this.saveUsers(tx, changes), this.saveNames(tx, changes), this.saveDays(tx, changes)]);
  }

  private async saveUsers(tx: Tx, changes: readonly ChangedUsage[]): Promise<void> {
    const rows = changes.flatMap(({ key, newUsers }) => newUsers.map((user) => ({ ...key, ...user })));
    if (rows.length === 0) return;
    await tx.query(
      `insert into account_users (tenant_id, account_id, user_id, ordinal, kind)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[])
       on conflict (tenant_id, account_id, user_id) do update set kind = excluded.kind`,
      [
        texts(rows.map((row) => row.tenantId)),
        texts(rows.map((row) => row.accountId)),
        texts(rows.map((row) => row.userId)),
        int4s(rows.map((row) => row.ordinal)),
        texts(rows.map((row) => row.kind)),
      ],
    );
  }

  private async saveNames(tx: Tx, changes: readonly ChangedUsage[]): Promise<void> {
    const rows = changes.flatMap(({ key, newNames }) => newNames.map((each) => ({ ...key, ...each })));
    if (rows.length === 0) return;
    await tx.query(
      `insert into event_names (tenant_id, account_id, number, name)
       select * from unnest($1::text[], $2::text[], $3::int[], $4::text[])
       on conflict (tenant_id, account_id, number) do nothing`,
      [
        texts(rows.map((row) => row.tenantId)),
        texts(rows.map((row) => row.accountId)),
        int4s(rows.map((row) => row.number)),
        texts(rows.map((row) => row.name)),
      ],
    );
  }

  private async saveDays(tx: Tx, changes: readonly ChangedUsage[]): Promise<void> {
    const rows = changes.flatMap(({ key, days }) => days.map((day) => ({ key, day })));
    if (rows.length === 0) return;
    await tx.query(
      `insert into usage_days (tenant_id, account_id, day, known_day, events, users, last_at, uses)
       select * from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::bigint[], $6::bytea[], $7::timestamptz[], $8::bytea[])
       on conflict (tenant_id, account_id, day, known_day) do update set
         events = excluded.events, users = excluded.users, last_at = excluded.last_at, uses = excluded.uses`,
      [
        texts(rows.map(({ key }) => key.tenantId)),
        texts(rows.map(({ key }) => key.accountId)),
        int4s(rows.map(({ day }) => day.day)),
        int4s(rows.map(({ day }) => day.knownDay)),
        int8s(rows.map(({ day }) => day.events)),
        byteas(rows.map(({ day }) => day.users)),
        timestamps(rows.map(({ day }) => day.lastAt ?? null)),
        byteas(rows.map(({ day }) => Buffer.from(day.uses, 'latin1'))),
      ],
    );
  }
}

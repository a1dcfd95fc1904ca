import { Injectable } from '@nestjs/common';
import { EMPTY_BITMAP, type UsageDay } from '@tenure/scoring';
import type { AccountKey, Tx } from '@tenure/platform';

import type { NewUser } from './usage-delta.domain';

/** Rows of one account, whole: they replace what is stored. */
export interface ChangedUsage {
  readonly key: AccountKey;
  readonly days: readonly UsageDay[];
  /** The names of each day that the batch touched, by `day/knownDay`. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly newUsers: readonly NewUser[];
}

/** The rollup tables. The accounts are locked, so a row read with the history and written here cannot have changed between. */
@Injectable()
export class UsageRepository {
  async save(tx: Tx, changes: readonly ChangedUsage[]): Promise<void> {
    await this.saveUsers(tx, changes);
    await this.saveDays(tx, changes);
    await this.saveNames(tx, changes);
  }

  private async saveUsers(tx: Tx, changes: readonly ChangedUsage[]): Promise<void> {
    const rows = changes.flatMap(({ key, newUsers }) => newUsers.map((user) => ({ ...key, ...user })));
    if (rows.length === 0) return;
    await tx.query(
      `insert into account_users (tenant_id, account_id, user_id, ordinal, kind)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[]) on conflict do nothing`,
      [
        rows.map((row) => row.tenantId),
        rows.map((row) => row.accountId),
        rows.map((row) => row.userId),
        rows.map((row) => row.ordinal),
        rows.map((row) => row.kind),
      ],
    );
  }

  private async saveDays(tx: Tx, changes: readonly ChangedUsage[]): Promise<void> {
    const rows = changes.flatMap(({ key, days }) => days.map((day) => ({ ...key, ...day })));
    if (rows.length === 0) return;
    await tx.query(
      `insert into usage_days (tenant_id, account_id, day, known_day, events, users, last_at)
       select t, a, d, k, e, u, to_timestamp(l / 1000.0)
       from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::bigint[], $6::bytea[], $7::double precision[]) as r(t, a, d, k, e, u, l)
       on conflict (tenant_id, account_id, day, known_day) do update set
         events = excluded.events, users = excluded.users, last_at = excluded.last_at`,
      [
        rows.map((row) => row.tenantId),
        rows.map((row) => row.accountId),
        rows.map((row) => row.day),
        rows.map((row) => row.knownDay),
        rows.map((row) => row.events),
        rows.map((row) => bytes(row.users)),
        rows.map((row) => row.lastAt ?? null),
      ],
    );
  }

  private async saveNames(tx: Tx, changes: readonly ChangedUsage[]): Promise<void> {
    const rows = changes.flatMap(({ key, days, names }) =>
      days.flatMap(({ day, knownDay, byName, usersByName }) =>
        (names.get(`${day}/${knownDay}`) ?? []).map((name) => ({
          ...key,
          day,
          knownDay,
          name,
          events: byName[name] ?? 0,
          users: usersByName?.[name] ?? EMPTY_BITMAP,
        })),
      ),
    );
    if (rows.length === 0) return;
    await tx.query(
      `insert into usage_names (tenant_id, account_id, day, known_day, name, events, users)
       select * from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::text[], $6::bigint[], $7::bytea[])
       on conflict (tenant_id, account_id, day, known_day, name) do update set events = excluded.events, users = excluded.users`,
      [
        rows.map((row) => row.tenantId),
        rows.map((row) => row.accountId),
        rows.map((row) => row.day),
        rows.map((row) => row.knownDay),
        rows.map((row) => row.name),
        rows.map((row) => row.events),
        rows.map((row) => bytes(row.users)),
      ],
    );
  }
}

function bytes(bitmap: Uint8Array): Buffer {
  return Buffer.from(bitmap.buffer, bitmap.byteOffset, bitmap.byteLength);
}

import { Injectable } from '@nestjs/common';
import type { UsageDay } from '@tenure/contracts';
import { type AccountKey, type Tx } from '@tenure/platform';
import {
  bitmapOf,
  bitmapOr,
  bitmapWithout,
  dayFromIso,
  EMPTY_BITMAP,
  isoFromDay,
  popcount,
  unpackedUses,
} from '@tenure/scoring';

interface DayRow {
  day: number;
  events: string;
  users: Buffer;
  uses: Buffer;
}

/** Daily usage of an account, from the rollups. */
@Injectable()
export class UsageReadModel {
  /** Days with usage only, oldest first. Features count the events of their names; names without a feature stand for themselves. */
  async days(tx: Tx, { tenantId, accountId }: AccountKey, from: string, to: string): Promise<UsageDay[]> {
    const parameters = [tenantId, accountId, dayFromIso(from), dayFromIso(to)];
    const where = 'tenant_id = $1 and account_id = $2 and day between $3 and $4';
    const days = await tx.query<DayRow>(`select day, events, users, uses from usage_days where ${where}`, parameters);
    const names = await this.names(tx, tenantId, accountId);
    const others = await this.nonHumans(tx, tenantId, accountId);
    const features = await this.features(tx, tenantId);
    return [...Map.groupBy(days, (row) => row.day)]
      .sort(([a], [b]) => a - b)
      .map(([day, rows]) => ({
        day: isoFromDay(day),
        events: rows.reduce((sum, row) => sum + Number(row.events), 0),
        activeUsers: popcount(
          bitmapWithout(
            rows.reduce((all, row) => bitmapOr(all, row.users), EMPTY_BITMAP),
            others,
          ),
        ),
        features: byFeature(rows, names, features),
      }));
  }

  private async names(tx: Tx, tenantId: string, accountId: string): Promise<ReadonlyMap<number, string>> {
    const rows = await tx.query<{ number: number; name: string }>(
      'select number, name from event_names where tenant_id = $1 and account_id = $2',
      [tenantId, accountId],
    );
    return new Map(rows.map(({ number, name }) => [number, name]));
  }

  private async nonHumans(tx: Tx, tenantId: string, accountId: string): Promise<Uint8Array> {
    const rows = await tx.query<{ ordinal: number }>(
      `select u.ordinal from account_users u left join state_current s
         on s.tenant_id = u.tenant_id and s.account_id = u.account_id and s.entity = 'user' and s.entity_id = u.user_id
       where u.tenant_id = $1 and u.account_id = $2 and coalesce(s.data->>'kind', u.kind) <> 'human'`,
      [tenantId, accountId],
    );
    return bitmapOf(rows.map((row) => row.ordinal));
  }

  private async features(tx: Tx, tenantId: string): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ feature: string; names: string[] }>(
      'select feature, names from features where tenant_id = $1',
      [tenantId],
    );
    return new Map(rows.flatMap(({ feature, names }) => names.map((name) => [name, feature] as const)));
  }
}

/** By name, because a number says only when a name was first seen. */
function byFeature(
  rows: readonly DayRow[],
  names: ReadonlyMap<number, string>,
  features: ReadonlyMap<string, string>,
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { uses } of rows) {
    for (const use of unpackedUses(uses.toString('latin1'))) {
      const name = names.get(use.name) ?? '';
      const feature = features.get(name) ?? name;
      counts.set(feature, (counts.get(feature) ?? 0) + use.events);
    }
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

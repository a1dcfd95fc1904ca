import { Injectable } from '@nestjs/common';
import { type AccountKey, armDue, type Tx } from '@tenure/platform';
import type { SignalSettings } from '@tenure/scoring';

import { signalSettingsChannel } from './signal-settings.read-model';

/** What somebody sets. */
export interface NewSettings {
  readonly signal: string;
  readonly settings: SignalSettings | null;
  readonly note: string | null;
  readonly by: string;
  readonly at: Date;
}

@Injectable()
export class SignalSettingsRepository {
  /** Keeps a new version, and tells every process. `expected`: the version it was made from; null where it has moved on. */
  async add(tx: Tx, tenantId: string, one: NewSettings, expected: number | null): Promise<number | null> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('signals:' || $1, 0))`, [tenantId]);
    const [row] = await tx.query<{ version: number }>(
      `insert into signal_settings (tenant_id, signal, version, settings, note, changed_by, changed_at)
       select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6 from signal_settings
       where tenant_id = $1 and signal = $2 having $7::int is null or coalesce(max(version), 0) = $7
       returning version`,
      [tenantId, one.signal, one.settings, one.note, one.by, one.at, expected],
    );
    if (!row) return null;
    await tx.query(`select pg_notify('${signalSettingsChannel}', $1)`, [tenantId]);
    return row.version;
  }

  /** Every account is looked at again by the new settings, without waiting for an event; answers how many. */
  async armAll(tx: Tx, tenantId: string, kind: string, at: Date): Promise<number> {
    const rows = await tx.query<{ account_id: string }>(
      `select account_id from accounts where tenant_id = $1 and merged_into is null and first_seen is not null
         and not importing order by account_id`,
      [tenantId],
    );
    const keys: AccountKey[] = rows.map((row) => ({ tenantId, accountId: row.account_id }));
    for (let start = 0; start < keys.length; start += 5_000)
      await armDue(
        tx,
        keys.slice(start, start + 5_000).map((key) => ({ ...key, kind, dueAt: at })),
      );
    return keys.length;
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import { keysChannel } from '../sources/write-keys.repository';
import type { SourceSettings } from './source-settings.domain';

/** Writes what is set for sources; every process is told with the commit. */
@Injectable()
export class SourceSettingsRepository {
  async put(tx: Tx, tenantId: string, sourceId: string, settings: SourceSettings): Promise<void> {
    await tx.query(
      `insert into source_settings (tenant_id, source_id, events_per_second, account_property) values ($1, $2, $3, $4)
       on conflict (tenant_id, source_id) do update
       set events_per_second = excluded.events_per_second, account_property = excluded.account_property`,
      [tenantId, sourceId, settings.eventsPerSecond, settings.accountProperty],
    );
    await tx.query(`select pg_notify('${keysChannel}', '')`);
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import { noSettings, type SourceSettings } from './source-settings.domain';

interface Row {
  events_per_second: number | null;
  account_property: string | null;
}

/** Reads what is set for a source. */
@Injectable()
export class SourceSettingsReadModel {
  async bySource(tx: Tx, tenantId: string, sourceId: string): Promise<SourceSettings> {
    const [row] = await tx.query<Row>(
      'select events_per_second, account_property from source_settings where tenant_id = $1 and source_id = $2',
      [tenantId, sourceId],
    );
    return row ? { eventsPerSecond: row.events_per_second, accountProperty: row.account_property } : noSettings;
  }
}

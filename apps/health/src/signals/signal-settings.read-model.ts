import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';
import type { SignalParameters, SignalSettings } from '@tenure/scoring';

import type { KeptSettings } from './signal-catalogue.domain';

/** Tells every process that a tenant set a signal otherwise. */
export const signalSettingsChannel = 'tenure_signal_settings';

/** Reads what tenants set of their signals; the highest version is in force. */
@Injectable()
export class SignalSettingsReadModel {
  async inForce(tx: Tx, tenantId: string): Promise<SignalParameters> {
    const rows = await tx.query<{ signal: string; settings: SignalSettings | null }>(
      `select distinct on (signal) signal, settings from signal_settings where tenant_id = $1
       order by signal, version desc`,
      [tenantId],
    );
    return Object.fromEntries(rows.flatMap(({ signal, settings }) => (settings ? [[signal, settings]] : [])));
  }

  /** Every version of one signal, the newest first. */
  versions(tx: Tx, tenantId: string, signal: string): Promise<KeptSettings[]> {
    return tx.query<KeptSettings>(
      `select version, settings, note, changed_by as "changedBy", changed_at as "changedAt" from signal_settings
       where tenant_id = $1 and signal = $2 order by version desc limit 100`,
      [tenantId, signal],
    );
  }
}

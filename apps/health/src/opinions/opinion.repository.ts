import { Injectable } from '@nestjs/common';
import { type AccountKey, type Tx } from '@tenure/platform';

/** Who said it, when, and until when it holds. */
export interface Said {
  readonly id: string;
  readonly reason: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
  readonly expiresAt: Date;
}

export interface NewPulse extends Said {
  readonly band: 'green' | 'yellow' | 'red';
  readonly comment: string | null;
}

export interface NewOverride extends Said {
  readonly score: number | null;
  readonly band: 'green' | 'yellow' | 'red' | null;
}

type Table = 'pulses' | 'overrides';

/** Writes what people say. A new word ends the one before; nothing is ever rewritten. */
@Injectable()
export class OpinionRepository {
  async addPulse(tx: Tx, key: AccountKey, pulse: NewPulse): Promise<void> {
    await this.end(tx, 'pulses', key, pulse.by.name, pulse.at);
    await tx.query(
      `insert into pulses (tenant_id, account_id, pulse_id, band, reason, comment, by_id, by_name, at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [...columns(key, pulse.id), pulse.band, pulse.reason, pulse.comment, ...author(pulse)],
    );
  }

  async addOverride(tx: Tx, key: AccountKey, override: NewOverride): Promise<void> {
    await this.end(tx, 'overrides', key, override.by.name, override.at);
    await tx.query(
      `insert into overrides (tenant_id, account_id, override_id, score, band, reason, by_id, by_name, at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [...columns(key, override.id), override.score, override.band, override.reason, ...author(override)],
    );
  }

  /** Ends what stands; answers whether anything did. */
  async end(tx: Tx, table: Table, { tenantId, accountId }: AccountKey, by: string, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `update ${table} set ended_at = $3, ended_by = $4
       where tenant_id = $1 and account_id = $2 and ended_at is null and expires_at > $3 returning 1`,
      [tenantId, accountId, at, by],
    );
    return rows.length > 0;
  }
}

const columns = ({ tenantId, accountId }: AccountKey, id: string) => [tenantId, accountId, id];
const author = ({ by, at, expiresAt }: Said) => [by.id, by.name, at, expiresAt];

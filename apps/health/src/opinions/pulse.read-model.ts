import { Injectable } from '@nestjs/common';
import { type DisagreementsBody, fromMinor, type PulseBody } from '@tenure/contracts';
import { type AccountKey, type Tx } from '@tenure/platform';

interface PulseRow {
  pulse_id: string;
  band: PulseBody['band'];
  reason: string;
  comment: string | null;
  by_id: string;
  by_name: string;
  at: Date;
  expires_at: Date;
  ended_at: Date | null;
}

interface DisagreementRow extends PulseRow {
  account_id: string;
  name: string | null;
  arr_minor: string | null;
  currency: string | null;
  score: number | null;
  score_band: DisagreementsBody['items'][number]['band'];
}

const mostDisagreements = 500;

@Injectable()
export class PulseReadModel {
  /** Newest first. */
  async list(tx: Tx, { tenantId, accountId }: AccountKey): Promise<PulseBody[]> {
    const rows = await tx.query<PulseRow>(
      'select * from pulses where tenant_id = $1 and account_id = $2 order by at desc limit 100',
      [tenantId, accountId],
    );
    return rows.map(pulseBody);
  }

  /** Accounts whose pulse stands and says another colour than the score, the largest ARR first. */
  async disagreements(tx: Tx, tenantId: string, now: Date): Promise<DisagreementsBody['items']> {
    const rows = await tx.query<DisagreementRow>(
      `select p.*, a.arr_minor, a.currency, (a.health->>'score')::float8 as score, a.health->>'band' as score_band,
         s.data->>'name' as name
       from pulses p join accounts a using (tenant_id, account_id)
       left join state_current s on s.tenant_id = p.tenant_id and s.account_id = p.account_id and s.entity = 'account'
         and s.entity_id = p.account_id
       where p.tenant_id = $1 and p.ended_at is null and p.expires_at > $2 and a.merged_into is null
         and a.health->>'band' in ('green', 'yellow', 'red') and a.health->>'band' <> p.band
       order by a.arr_minor desc nulls last, p.account_id limit ${mostDisagreements}`,
      [tenantId, now],
    );
    return rows.map((row) => ({
      accountId: row.account_id,
      name: row.name,
      arr: row.arr_minor !== null && row.currency !== null ? fromMinor(Number(row.arr_minor), row.currency) : null,
      currency: row.currency,
      score: row.score,
      band: row.score_band,
      pulse: pulseBody(row),
    }));
  }
}

function pulseBody(row: PulseRow): PulseBody {
  return {
    pulseId: row.pulse_id,
    band: row.band,
    reason: row.reason,
    comment: row.comment,
    by: { id: row.by_id, name: row.by_name },
    at: row.at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

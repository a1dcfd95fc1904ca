import type { AccountKey, Tx } from '@tenure/platform';
import { isoFromDay, zonedDay } from '@tenure/scoring';
import { TenantsReadModel } from '../tenants/tenants.read-model';

/** The band that an account had on a day of the past, YYYY-MM-DD. */
export interface PastBand {
  readonly key: AccountKey;
  readonly day: string;
  readonly band: string;
}

/** Notes, per account and day of its tenant, the band and the ARR that the day ended with, as far as it has come. */
export class BandDaysRepository {
  private readonly tenants = new TenantsReadModel();

  /** Writes a row only where something differs from the day before it, so that a quiet account costs nothing. */
  async note(tx: Tx, keys: readonly AccountKey[], at: Date | ((key: AccountKey) => Date)): Promise<void> {
    const tenants = await this.tenants.of(tx, [...new Set(keys.map((key) => key.tenantId))]);
    const dayOf = (key: AccountKey) => {
      const instant = at instanceof Date ? at : at(key);
      return isoFromDay(zonedDay(instant.getTime(), tenants.get(key.tenantId)?.timeZone ?? 'UTC'));
    };
    await tx.query(
      `insert into band_days (tenant_id, account_id, day, band, arr_minor, currency, counts)
       select p.tenant_id, p.account_id, k.day, p.band, p.arr_minor, p.currency, s.counts
       from unnest($1::text[], $2::text[], $3::date[]) as k(tenant_id, account_id, day)
       join portfolio p using (tenant_id, account_id)
       cross join lateral (select coalesce(p.kind, 'customer') = 'customer' and p.stage is distinct from 'churned' as counts) s
       left join lateral (
         select b.* from band_days b
         where b.tenant_id = p.tenant_id and b.account_id = p.account_id and b.day <= k.day order by b.day desc limit 1
       ) last on true
       where p.score_version > 0 and (last.day is null
         or (last.band, last.arr_minor, last.currency, last.counts) is distinct from (p.band, p.arr_minor, p.currency, s.counts))
       on conflict (tenant_id, account_id, day) do update set band = excluded.band, arr_minor = excluded.arr_minor,
         currency = excluded.currency, counts = excluded.counts`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.accountId), keys.map(dayOf)],
    );
  }

  /**
   * Notes bands of the past, which an import brings: with the ARR that the ledger gives for that day, because the account's
   * row only knows today's. What was noted at the time stays.
   */
  async notePast(tx: Tx, rows: readonly PastBand[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `insert into band_days (tenant_id, account_id, day, band, arr_minor, currency, counts)
       select p.tenant_id, p.account_id, k.day, k.band, coalesce(l.arr, p.arr_minor), coalesce(l.currency, p.currency),
         coalesce(p.kind, 'customer') = 'customer' and coalesce(l.arr, 1) > 0
       from unnest($1::text[], $2::text[], $3::date[], $4::text[]) as k(tenant_id, account_id, day, band)
       join portfolio p using (tenant_id, account_id)
       left join lateral (
         select m.currency, sum(m.amount_minor) as arr from arr_movements m
         where m.tenant_id = p.tenant_id and m.account_id = p.account_id and m.day <= k.day
           and m.currency = coalesce(p.currency, m.currency)
         group by m.currency order by 2 desc limit 1
       ) l on true
       on conflict (tenant_id, account_id, day) do nothing`,
      [
        rows.map(({ key }) => key.tenantId),
        rows.map(({ key }) => key.accountId),
        rows.map(({ day }) => day),
        rows.map(({ band }) => band),
      ],
    );
  }
}

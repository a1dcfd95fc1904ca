import { type Band, bands, fromMinor } from '@tenure/contracts';
import { Problem, type Tx } from '@tenure/platform';
import { dayFromIso, type EpochDay, isoFromDay, zonedDay } from '@tenure/scoring';
import { TenantsReadModel } from '../tenants/tenants.read-model';
import type { DistributionDto, DistributionQuery } from './distribution.dto';
import {
  type BandDay,
  flowOf,
  otherCurrencies,
  seriesDays,
  seriesOf,
  standingOn,
  type Total,
  totalsOf,
} from './distribution.domain';

interface Row {
  readonly account_id: string;
  readonly day: string;
  readonly band: Band;
  readonly arr_minor: string | null;
  readonly currency: string | null;
  readonly counts: boolean;
}

const usualDays = 90;
const mostDays = 1_100;

/** How healthy the customer base is on a day, and who moved since another. */
export class DistributionReadModel {
  private readonly tenants = new TenantsReadModel();

  async report(tx: Tx, tenantId: string, query: DistributionQuery, now: Date): Promise<DistributionDto> {
    const tenant = await this.tenants.one(tx, tenantId);
    const currency = query.currency ?? tenant.currency;
    const asOf = query.asOf === undefined ? zonedDay(now.getTime(), tenant.timeZone) : dayFromIso(query.asOf);
    const compareTo = query.compare === undefined ? null : dayFromIso(query.compare);
    const since = compareTo ?? asOf - usualDays;
    if (since >= asOf) throw new Problem('invalid', 'compare is a day before asOf.', { pointer: '/compare' });
    if (asOf - since > mostDays) throw new Problem('invalid', 'At most three years.', { pointer: '/compare' });
    const rows = await this.rows(tx, tenantId, since, asOf);
    const standing = standingOn(rows, asOf);
    const money = (total: Total) => ({ accounts: total.accounts, arr: fromMinor(total.arrMinor, currency) });
    const totals = totalsOf(standing, currency);
    const flow = compareTo === null ? [] : flowOf(standingOn(rows, compareTo), standing, currency);
    return {
      asOf: isoFromDay(asOf),
      compareTo: compareTo === null ? null : isoFromDay(compareTo),
      currency,
      bands: bands.map((band) => ({ band, ...money(totals[band]) })),
      flow: flow.map(({ from, to, ...total }) => ({ from, to, ...money(total) })),
      series: seriesOf(rows, seriesDays(since, asOf), currency).map((each) => ({
        day: isoFromDay(each.day),
        bands: Object.fromEntries(bands.map((band) => [band, money(each.totals[band])])) as Record<
          Band,
          { accounts: number; arr: number }
        >,
      })),
      excludedCurrencies: otherCurrencies(standing, currency),
    };
  }

  /** Each account's last row up to `since`, and every row after it up to `until`, in the order of their days. */
  private async rows(tx: Tx, tenantId: string, since: EpochDay, until: EpochDay): Promise<BandDay[]> {
    const rows = await tx.query<Row>(
      `select account_id, to_char(day, 'YYYY-MM-DD') as day, band, arr_minor, currency, counts from (
         (select distinct on (account_id) * from band_days where tenant_id = $1 and day <= $2::date order by account_id, day desc)
         union all
         (select * from band_days where tenant_id = $1 and day > $2::date and day <= $3::date)
       ) both_parts order by both_parts.day, account_id`,
      [tenantId, isoFromDay(since), isoFromDay(until)],
    );
    return rows.map((row) => ({
      accountId: row.account_id,
      day: dayFromIso(row.day),
      band: row.band,
      arrMinor: row.arr_minor === null ? null : BigInt(row.arr_minor),
      currency: row.currency,
      counts: row.counts,
    }));
  }
}

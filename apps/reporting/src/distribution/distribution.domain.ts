import { type Band, bands } from '@tenure/contracts';
import type { EpochDay } from '@tenure/scoring';

/** From `day` on an account stood so, until its next row. Money in minor units of `currency`. */
export interface BandDay {
  readonly accountId: string;
  readonly day: EpochDay;
  readonly band: Band;
  readonly arrMinor: bigint | null;
  readonly currency: string | null;
  /** Only customers that have not churned count. */
  readonly counts: boolean;
}

export interface Total {
  readonly accounts: number;
  readonly arrMinor: bigint;
}

export interface FlowTotal extends Total {
  readonly from: Band;
  readonly to: Band;
}

type Standing = ReadonlyMap<string, BandDay>;

/** How accounts stood on a day: each by its latest row, carried forward. `rows` are in the order of their days. */
export function standingOn(rows: readonly BandDay[], day: EpochDay): Standing {
  const standing = new Map<string, BandDay>();
  for (const row of rows) {
    if (row.day > day) break;
    standing.set(row.accountId, row);
  }
  return new Map([...standing].filter(([, row]) => row.counts));
}

/** Every band with its accounts and the ARR of those of them whose ARR is in this currency. */
export function totalsOf(standing: Standing, currency: string): Record<Band, Total> {
  const totals = Object.fromEntries(bands.map((band) => [band, { accounts: 0, arrMinor: 0n }])) as Record<Band, Total>;
  for (const row of standing.values()) totals[row.band] = plus(totals[row.band], row, currency);
  return totals;
}

/** Who stood where then and stands where now, with the ARR of now. Who counts at one of the two dates only is in none. */
export function flowOf(then: Standing, now: Standing, currency: string): FlowTotal[] {
  const flows = new Map<string, FlowTotal>();
  for (const [accountId, row] of now) {
    const from = then.get(accountId)?.band;
    if (from === undefined) continue;
    const name = `${from}>${row.band}`;
    const known = flows.get(name) ?? { from, to: row.band, accounts: 0, arrMinor: 0n };
    flows.set(name, { ...known, ...plus(known, row, currency) });
  }
  const place = (flow: FlowTotal) => bands.indexOf(flow.from) * bands.length + bands.indexOf(flow.to);
  return [...flows.values()].sort((a, b) => place(a) - place(b));
}

/** Days at which a series is told: every day up to a quarter, every week beyond; always the last. */
export function seriesDays(from: EpochDay, to: EpochDay): EpochDay[] {
  const step = to - from <= 92 ? 1 : 7;
  const days: EpochDay[] = [];
  for (let day = to; day >= from; day -= step) days.unshift(day);
  return days;
}

/** Totals per day; days before the first row are left out, since nothing is known of them. */
export function seriesOf(
  rows: readonly BandDay[],
  days: readonly EpochDay[],
  currency: string,
): { day: EpochDay; totals: Record<Band, Total> }[] {
  const first = rows[0]?.day ?? Infinity;
  const standing = new Map<string, BandDay>();
  let next = 0;
  return days
    .filter((day) => day >= first)
    .map((day) => {
      for (let row = rows[next]; row && row.day <= day; row = rows[(next += 1)]) {
        if (row.counts) standing.set(row.accountId, row);
        else standing.delete(row.accountId);
      }
      return { day, totals: totalsOf(standing, currency) };
    });
}

/** Currencies of accounts that count but whose ARR is not in the totals. */
export function otherCurrencies(standing: Standing, currency: string): string[] {
  const others = [...standing.values()].flatMap((row) =>
    row.currency === null || !row.arrMinor ? [] : [row.currency],
  );
  return [...new Set(others)].filter((each) => each !== currency).sort();
}

function plus(total: Total, row: BandDay, currency: string): Total {
  const own = row.currency === currency ? (row.arrMinor ?? 0n) : 0n;
  return { accounts: total.accounts + 1, arrMinor: total.arrMinor + own };
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';
import type { JudgedAlert } from '@tenure/scoring';

import type { SignalCounts } from './signal-catalogue.domain';

/** Within so many days after an alert a bad outcome counts as what it warned of. */
const outcomeDays = 180;

interface Row {
  signal: string;
  open_now: string;
  fired_90: string;
  useful: string;
  not_useful: string;
  too_early: string;
  judged: { f: JudgedAlert['feedback']; b: boolean; m: boolean; n: number }[];
}

/**
 * Counts alerts per signal. The bad outcome is what became known within 180 days after: notice, a smaller plan (as alerts
 * of their own), the stage churned, or a contract cancelled or under notice.
 */
const counts = `
  with own as (
    select a.signal, a.status, a.opened_at, a.account_id, a.feedback->>'useful' as verdict
    from alerts a where a.tenant_id = $1 and a.opened_at > $2::timestamptz - interval '730 days'
  ), bad as (
    select account_id, opened_at as at from alerts where tenant_id = $1 and signal in ('notice-given', 'downgrade')
    union all
    select account_id, last_time from state_current
    where tenant_id = $1 and entity = 'account' and data->>'stage' = 'churned'
    union all
    select account_id, last_time from state_current
    where tenant_id = $1 and entity = 'contract' and data->>'status' in ('cancelled', 'notice-given')
  ), known as (
    select own.*, opened_at < $2::timestamptz - make_interval(days => $3) as matured, exists (
      select from bad where bad.account_id = own.account_id and bad.at > own.opened_at
        and bad.at <= own.opened_at + make_interval(days => $3)) as outcome
    from own
  ), grouped as (
    select signal, verdict, outcome, matured, count(*) as n from known group by 1, 2, 3, 4
  )
  select k.signal,
    count(*) filter (where k.status <> 'resolved') as open_now,
    count(*) filter (where k.opened_at > $2::timestamptz - interval '90 days') as fired_90,
    count(*) filter (where k.verdict = 'useful') as useful,
    count(*) filter (where k.verdict = 'not-useful') as not_useful,
    count(*) filter (where k.verdict = 'too-early') as too_early,
    (select jsonb_agg(jsonb_build_object('f', verdict, 'b', outcome, 'm', matured, 'n', n))
     from grouped g where g.signal = k.signal) as judged
  from known k group by k.signal`;

@Injectable()
export class SignalCountsReadModel {
  async all(tx: Tx, tenantId: string, now: Date): Promise<Map<string, SignalCounts>> {
    const rows = await tx.query<Row>(counts, [tenantId, now, outcomeDays]);
    return new Map(rows.map((row) => [row.signal, countsOf(row)]));
  }

  /** Versions in force of the settings, by signal. */
  async versions(tx: Tx, tenantId: string): Promise<Map<string, number>> {
    const rows = await tx.query<{ signal: string; version: number }>(
      'select signal, max(version) as version from signal_settings where tenant_id = $1 group by signal',
      [tenantId],
    );
    return new Map(rows.map((row) => [row.signal, row.version]));
  }
}

function countsOf(row: Row): SignalCounts {
  return {
    openNow: Number(row.open_now),
    fired90Days: Number(row.fired_90),
    feedback: { useful: Number(row.useful), notUseful: Number(row.not_useful), tooEarly: Number(row.too_early) },
    judged: row.judged.flatMap(({ f, b, m, n }) =>
      Array.from({ length: n }, () => ({ feedback: f, badOutcome: b, matured: m })),
    ),
  };
}

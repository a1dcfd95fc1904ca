import { Injectable } from '@nestjs/common';
import type { SourceVolume, VolumePoint } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

import type { Hours, VolumeStatus } from './usual-volume.domain';
import { hourMs } from './volume-tally.domain';

interface StandingRow {
  source_id: string;
  status: VolumeStatus | null;
  since: Date | null;
  detail: string | null;
  last_at: Date | null;
  accepted: string;
  held: string;
  rejected: string;
  days: { day: string; events: number; rejected: number }[] | null;
  types: { type: string; lastAt: string }[] | null;
}

interface HourRow {
  hour: Date;
  accepted: string;
  held: string;
  rejected: string;
}

/** Reads what sources sent and how they stand. */
@Injectable()
export class VolumeReadModel {
  /** Every source of the tenant, also those that never sent. @param from the first of the days */
  async standings(tx: Tx, tenantId: string, from: Date, sourceId?: string): Promise<SourceVolume[]> {
    const rows = await tx.query<StandingRow>(
      `select s.source_id, j.status, j.since, j.detail, v.last_at,
         coalesce(v.accepted, 0) as accepted, coalesce(v.held, 0) as held, coalesce(v.rejected, 0) as rejected, v.days, t.types
       from sources s
       left join source_judgements j on j.tenant_id = s.tenant_id and j.source_id = s.source_id
       left join lateral (
         select max(last_at) as last_at, sum(accepted) as accepted, sum(held) as held, sum(rejected) as rejected,
           (select json_agg(d order by d.day) from (
             select to_char(hour at time zone 'UTC', 'YYYY-MM-DD') as day, sum(accepted + held)::float8 as events,
               sum(rejected)::float8 as rejected
             from source_volume d where d.tenant_id = s.tenant_id and d.source_id = s.source_id and d.hour >= $2
             group by 1) d) as days
         from source_volume v where v.tenant_id = s.tenant_id and v.source_id = s.source_id) v on true
       left join lateral (
         select json_agg(json_build_object('type', type, 'lastAt', last_at) order by type) as types
         from source_types t where t.tenant_id = s.tenant_id and t.source_id = s.source_id) t on true
       where s.tenant_id = $1 and ($3::text is null or s.source_id = $3)
       order by s.created_at, s.source_id`,
      [tenantId, from, sourceId ?? null],
    );
    return rows.map(standingOf);
  }

  /** Hours with anything in them, oldest first. */
  async hours(tx: Tx, tenantId: string, sourceId: string, from: Date): Promise<VolumePoint[]> {
    const rows = await tx.query<HourRow>(
      `select hour, accepted, held, rejected from source_volume
       where tenant_id = $1 and source_id = $2 and hour >= $3 order by hour`,
      [tenantId, sourceId, from],
    );
    return rows.map((row) => ({
      at: row.hour.toISOString(),
      accepted: Number(row.accepted),
      held: Number(row.held),
      rejected: Number(row.rejected),
    }));
  }

  /** The live sources that should be sending, each with its hours and its last event. */
  async toJudge(
    tx: Tx,
    tenantId: string,
    from: Date,
  ): Promise<{ sourceId: string; hours: Hours; lastMs: number | null }[]> {
    const rows = await tx.query<{ source_id: string; hour: Date | null; events: string; last_at: Date | null }>(
      `select s.source_id, v.hour, v.accepted + v.held as events, v.last_at from sources s
       left join source_volume v on v.tenant_id = s.tenant_id and v.source_id = s.source_id and v.hour >= $2
       where s.tenant_id = $1 and s.state = 'active' and s.mode = 'live'`,
      [tenantId, from],
    );
    return [...Map.groupBy(rows, (row) => row.source_id)].map(([sourceId, own]) => {
      const counted = own.filter((row) => row.hour !== null && Number(row.events) > 0);
      const hours = new Map(
        counted.map((row) => [Math.floor((row.hour?.getTime() ?? 0) / hourMs), Number(row.events)]),
      );
      const last = Math.max(...own.map((row) => row.last_at?.getTime() ?? 0));
      return { sourceId, hours, lastMs: last === 0 ? null : last };
    });
  }

  /** How many sources stand how, over these tenants. */
  async statuses(tx: Tx): Promise<{ status: VolumeStatus; sources: number }[]> {
    const rows = await tx.query<{ status: VolumeStatus; sources: string }>(
      `select j.status, count(*) as sources from source_judgements j
       join sources s on s.tenant_id = j.tenant_id and s.source_id = j.source_id and s.state = 'active'
       group by j.status`,
    );
    return rows.map((row) => ({ status: row.status, sources: Number(row.sources) }));
  }
}

function standingOf(row: StandingRow): SourceVolume {
  const [accepted, held, rejected] = [Number(row.accepted), Number(row.held), Number(row.rejected)];
  return {
    sourceId: row.source_id,
    status: row.last_at ? (row.status ?? 'learning') : 'no-data',
    since: row.since?.toISOString() ?? null,
    detail: row.last_at ? (row.detail ?? 'It is judged every five minutes.') : 'Nothing came yet.',
    lastEventAt: row.last_at?.toISOString() ?? null,
    sent: accepted + held + rejected,
    accepted,
    held,
    rejected,
    days: row.days ?? [],
    types: (row.types ?? []).map((each) => ({ ...each, lastAt: new Date(each.lastAt).toISOString() })),
  };
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { NameTally } from './name-tally.domain';

interface PropertyRow {
  readonly name: string;
  readonly property: string;
}

/** Writes names, their days and their properties. */
@Injectable()
export class CatalogueRepository {
  /** Whoever gives places away does it alone. */
  async lock(tx: Tx, tenantId: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('catalogue ' || $1, 11))`, [tenantId]);
  }

  /** Every name that has a place. */
  async names(tx: Tx, tenantId: string): Promise<string[]> {
    const rows = await tx.query<{ name: string }>('select name from catalogue_names where tenant_id = $1', [tenantId]);
    return rows.map((row) => row.name);
  }

  async propertiesOf(tx: Tx, tenantId: string, names: readonly string[]): Promise<PropertyRow[]> {
    return tx.query<PropertyRow>(
      'select distinct name, property from catalogue_properties where tenant_id = $1 and name = any($2::text[])',
      [tenantId, names],
    );
  }

  /** Takes the place from names that are rare and were not used since `before`; answers them. */
  async evict(tx: Tx, tenantId: string, before: Date, atMostEvents: number, limit: number): Promise<string[]> {
    const rows = await tx.query<{ name: string }>(
      `delete from catalogue_names where tenant_id = $1 and name in (
         select name from catalogue_names where tenant_id = $1 and last_at < $2 and total <= $3 and not hidden
         order by last_at limit $4)
       returning name`,
      [tenantId, before, atMostEvents, limit],
    );
    const names = rows.map((row) => row.name);
    for (const table of ['catalogue_days', 'catalogue_properties']) {
      await tx.query(`delete from ${table} where tenant_id = $1 and name = any($2::text[])`, [tenantId, names]);
    }
    return names;
  }

  /** @param tallies in the order of their names */
  async add(tx: Tx, tenantId: string, tallies: readonly NameTally[]): Promise<void> {
    await tx.query(
      `insert into catalogue_names as c (tenant_id, name, first_at, last_at, total, other_properties)
       select $1, n.* from unnest($2::text[], $3::timestamptz[], $4::timestamptz[], $5::bigint[], $6::bigint[]) as n
       on conflict (tenant_id, name) do update set
         first_at = least(c.first_at, excluded.first_at), last_at = greatest(c.last_at, excluded.last_at),
         total = c.total + excluded.total, other_properties = c.other_properties + excluded.other_properties`,
      [
        tenantId,
        tallies.map((each) => each.name),
        tallies.map((each) => new Date(each.firstMs)),
        tallies.map((each) => new Date(each.lastMs)),
        tallies.map((each) => each.events),
        tallies.map((each) => each.otherProperties),
      ],
    );
    await this.addDays(tx, tenantId, tallies);
    await this.addProperties(tx, tenantId, tallies);
  }

  async addOther(tx: Tx, tenantId: string, events: number): Promise<void> {
    await tx.query(
      `insert into catalogue_others as o (tenant_id, events) values ($1, $2)
       on conflict (tenant_id) do update set events = o.events + excluded.events`,
      [tenantId, events],
    );
  }

  /** Answers how many of the names there are. */
  async hide(tx: Tx, tenantId: string, names: readonly string[], hidden: boolean): Promise<number> {
    const rows = await tx.query(
      'update catalogue_names set hidden = $3 where tenant_id = $1 and name = any($2::text[]) returning 1 as one',
      [tenantId, names, hidden],
    );
    return rows.length;
  }

  async forgetDaysBefore(tx: Tx, tenantId: string, before: Date): Promise<void> {
    await tx.query('delete from catalogue_days where tenant_id = $1 and day < $2', [tenantId, before]);
  }

  private async addDays(tx: Tx, tenantId: string, tallies: readonly NameTally[]): Promise<void> {
    const days = tallies.flatMap(({ name, days: own }) =>
      [...own].sort(([a], [b]) => a - b).map(([day, events]) => ({ name, day, events })),
    );
    await tx.query(
      `insert into catalogue_days as d (tenant_id, name, day, events)
       select $1, n.name, date '1970-01-01' + n.day, n.events from unnest($2::text[], $3::int[], $4::bigint[]) as n(name, day, events)
       on conflict (tenant_id, name, day) do update set events = d.events + excluded.events`,
      [tenantId, days.map((each) => each.name), days.map((each) => each.day), days.map((each) => each.events)],
    );
  }

  private async addProperties(tx: Tx, tenantId: string, tallies: readonly NameTally[]): Promise<void> {
    const rows = tallies.flatMap(({ name, properties }) =>
      [...properties]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([property, { types }]) =>
          [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, seen]) => ({ name, property, type, ...seen })),
        ),
    );
    await tx.query(
      `insert into catalogue_properties as p (tenant_id, name, property, type, first_at, last_at, seen)
       select $1, n.* from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::bigint[]) as n
       on conflict (tenant_id, name, property, type) do update set
         first_at = least(p.first_at, excluded.first_at), last_at = greatest(p.last_at, excluded.last_at),
         seen = p.seen + excluded.seen`,
      [
        tenantId,
        rows.map((each) => each.name),
        rows.map((each) => each.property),
        rows.map((each) => each.type),
        rows.map((each) => new Date(each.firstMs)),
        rows.map((each) => new Date(each.lastMs)),
        rows.map((each) => each.seen),
      ],
    );
  }
}

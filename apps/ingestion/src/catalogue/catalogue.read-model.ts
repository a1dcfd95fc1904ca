import { Injectable } from '@nestjs/common';
import type { CatalogueEvent, CataloguePropertiesBody, PropertyType } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

interface NameRow {
  name: string;
  first_at: Date;
  last_at: Date;
  total: string;
  hidden: boolean;
  days: CatalogueEvent['days'] | null;
  recent: string;
  properties: string;
  drifting: string[] | null;
}

interface TypeRow {
  property: string;
  type: PropertyType['type'];
  first_at: Date;
  last_at: Date;
  seen: string;
}

/** Which names to read. `after`: the events of 28 days and the name of the last one before. */
export interface NamesPage {
  readonly search: string | undefined;
  readonly hidden: boolean | undefined;
  readonly after: { readonly recent: number; readonly name: string } | undefined;
  readonly limit: number;
}

/** A name with its events of the last 28 days, by which the list is ordered. */
export interface ListedEvent {
  readonly event: CatalogueEvent;
  readonly recent: number;
}

/** Reads the catalogue of event names. A property drifts while two types of it (null aside) came within 28 days. */
@Injectable()
export class CatalogueReadModel {
  async names(tx: Tx, tenantId: string, page: NamesPage, from: Date): Promise<ListedEvent[]> {
    const rows = await tx.query<NameRow>(
      `with recent as (
         select name, sum(events) as events from catalogue_days where tenant_id = $1 and day >= $2 group by name),
       listed as (
         select n.*, coalesce(r.events, 0)::bigint as recent from catalogue_names n left join recent r using (name)
         where n.tenant_id = $1 and ($3::text is null or position(lower($3) in lower(n.name)) > 0)
           and ($4::boolean is null or n.hidden = $4)),
       page as (
         select * from listed where $5::bigint is null or recent < $5 or (recent = $5 and name > $6)
         order by recent desc, name limit $7)
       select p.name, p.first_at, p.last_at, p.total, p.hidden, p.recent,
         (select json_agg(json_build_object('day', to_char(day, 'YYYY-MM-DD'), 'events', events::float8) order by day)
          from catalogue_days d where d.tenant_id = $1 and d.name = p.name and d.day >= $2) as days,
         (select count(distinct property) from catalogue_properties c where c.tenant_id = $1 and c.name = p.name) as properties,
         (select json_agg(property order by property) from (
            select property from catalogue_properties c
            where c.tenant_id = $1 and c.name = p.name and c.type <> 'null' and c.last_at >= $2
            group by property having count(*) > 1) two) as drifting
       from page p order by p.recent desc, p.name`,
      [
        tenantId,
        from,
        page.search ?? null,
        page.hidden ?? null,
        page.after?.recent ?? null,
        page.after?.name ?? null,
        page.limit,
      ],
    );
    return rows.map((row) => ({
      recent: Number(row.recent),
      event: {
        name: row.name,
        firstAt: row.first_at.toISOString(),
        lastAt: row.last_at.toISOString(),
        total: Number(row.total),
        hidden: row.hidden,
        days: row.days ?? [],
        properties: Number(row.properties),
        drifting: row.drifting ?? [],
      },
    }));
  }

  /** How many names have a place, and the events of those that have none. */
  async counts(tx: Tx, tenantId: string): Promise<{ total: number; other: number }> {
    const [row] = await tx.query<{ total: string; other: string }>(
      `select (select count(*) from catalogue_names where tenant_id = $1) as total,
         coalesce((select events from catalogue_others where tenant_id = $1), 0) as other`,
      [tenantId],
    );
    return { total: Number(row?.total ?? 0), other: Number(row?.other ?? 0) };
  }

  /** Undefined where the name has no place. */
  async properties(tx: Tx, tenantId: string, name: string, from: Date): Promise<CataloguePropertiesBody | undefined> {
    const [known] = await tx.query<{ other_properties: string }>(
      'select other_properties from catalogue_names where tenant_id = $1 and name = $2',
      [tenantId, name],
    );
    if (!known) return undefined;
    const rows = await tx.query<TypeRow>(
      `select property, type, first_at, last_at, seen from catalogue_properties where tenant_id = $1 and name = $2
       order by property, first_at, type`,
      [tenantId, name],
    );
    const items = [...Map.groupBy(rows, (row) => row.property)].map(([property, own]) => ({
      property,
      types: own.map((row) => ({
        type: row.type,
        firstAt: row.first_at.toISOString(),
        lastAt: row.last_at.toISOString(),
        seen: Number(row.seen),
      })),
      drifting: own.filter((row) => row.type !== 'null' && row.last_at >= from).length > 1,
    }));
    return { name, items, other: Number(known.other_properties) };
  }
}

import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Envelope } from '@tenure/contracts';
import { Database, Logger, type Tx } from '@tenure/platform';
import type { InputKind, Inputs } from '@tenure/scoring';

const dayMs = 86_400_000;
const flushEveryMs = 2_000;
const readAgainMs = 30_000;

/** How long a kind may usually be silent before its source counts as stale; widened by the tenant's own widest gap. */
const usualGapMs: Readonly<Record<InputKind, number>> = {
  usage: 4 * dayMs,
  users: 90 * dayMs,
  tickets: 21 * dayMs,
  stakeholders: 365 * dayMs,
  surveys: 180 * dayMs,
  touchpoints: 45 * dayMs,
  contracts: 400 * dayMs,
  invoices: 100 * dayMs,
  metrics: 14 * dayMs,
};

interface Delivered {
  since: number;
  last: number;
  widestGap: number;
}

interface Row {
  tenant_id: string;
  kind: InputKind;
  since: Date;
  last_at: Date;
  widest_gap_ms: string;
}

/**
 * When each kind of input of a tenant delivered. One row a tenant and kind would be fought over by all partitions, so it is
 * gathered in memory and written every two seconds; losing two seconds of it in a crash changes nothing that lasts days.
 * Only that a kind is there at all is written with the first event of it: whether a signal can be assessed rests on it.
 */
@Injectable()
export class InputFreshness implements OnModuleInit, OnApplicationShutdown {
  private pending = new Map<string, Map<InputKind, Delivered>>();
  /** Taken from `pending` and on its way to the table: no look may miss it in between. */
  private writing: ReadonlyMap<string, ReadonlyMap<InputKind, Delivered>> = new Map();
  private flushing: Promise<void> = Promise.resolve();
  /** Tenants and kinds whose row is known to be there. */
  private readonly begun = new Set<string>();
  private readonly known = new Map<string, { readonly readAt: number; readonly inputs: Inputs }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.flush(), flushEveryMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Notes that these events arrived, in the transaction that applies them. */
  async delivered(tx: Tx, kind: InputKind, events: readonly Envelope[]): Promise<void> {
    this.gather(kind, events);
    const first = [...new Set(events.map((event) => event.tenantid))]
      .filter((tenant) => !this.begun.has(`${tenant}:${kind}`))
      .sort();
    if (first.length === 0) return;
    const since = first.map((tenant) => new Date(this.pending.get(tenant)?.get(kind)?.since ?? 0));
    await tx.query(
      `insert into inputs (tenant_id, kind, since, last_at, widest_gap_ms)
       select t, $1, s, s, 0 from unnest($2::text[], $3::timestamptz[]) as r(t, s) on conflict do nothing`,
      [kind, first, since],
    );
    for (const tenant of first) this.begun.add(`${tenant}:${kind}`);
  }

  private gather(kind: InputKind, events: readonly Envelope[]): void {
    for (const [tenant, own] of Map.groupBy(events, (event) => event.tenantid)) {
      const times = own.map((event) => Date.parse(event.knownat ?? event.receivedat)).sort((a, b) => a - b);
      const first = times[0] ?? 0;
      const last = times.at(-1) ?? 0;
      const kinds = this.pending.get(tenant) ?? new Map<InputKind, Delivered>();
      const before = kinds.get(kind);
      kinds.set(kind, {
        since: Math.min(before?.since ?? first, first),
        last: Math.max(before?.last ?? last, last),
        widestGap: Math.max(before?.widestGap ?? 0, before ? first - before.last : 0),
      });
      this.pending.set(tenant, kinds);
      // A kind that was never there or had gone stale is back, or was there before we knew: the next look must see it,
      // else what came first would be judged as if its source did not exist.
      const seen = this.known.get(tenant)?.inputs[kind];
      if (!seen || seen.freshUntil < last || first < seen.since) this.known.delete(tenant);
    }
  }

  /** The tenant's inputs; the same object until something about them changes, because histories are compared by it. */
  async of(tx: Tx, tenant: string, now: number): Promise<Inputs> {
    const known = this.known.get(tenant);
    if (known && now - known.readAt < readAgainMs) return known.inputs;
    // Before the look and after it: what is written or arrives meanwhile may be missing in the rows.
    const before = [this.writing.get(tenant), this.pending.get(tenant)];
    const rows = await tx.query<Row>('select * from inputs where tenant_id = $1', [tenant]);
    const inputs = joinedInputs(rows, [...before, this.writing.get(tenant), this.pending.get(tenant)]);
    this.known.set(tenant, { readAt: now, inputs });
    return inputs;
  }

  private flush(): Promise<void> {
    return (this.flushing = this.flushing.then(() => this.flushPending()));
  }

  private async flushPending(): Promise<void> {
    this.writing = this.pending;
    this.pending = new Map();
    for (const [tenant, kinds] of this.writing) {
      try {
        await this.database.write([tenant], (tx) => this.write(tx, tenant, kinds));
      } catch (error) {
        this.logger.warn('Freshness of inputs waits', { err: error, tenant });
        for (const [kind, value] of kinds) this.giveBack(tenant, kind, value);
      }
    }
    this.writing = new Map();
  }

  private giveBack(tenant: string, kind: InputKind, value: Delivered): void {
    const kinds = this.pending.get(tenant) ?? new Map<InputKind, Delivered>();
    const newer = kinds.get(kind);
    kinds.set(kind, newer ? joinedDelivery(value, newer) : value);
    this.pending.set(tenant, kinds);
  }

  private async write(tx: Tx, tenant: string, kinds: ReadonlyMap<InputKind, Delivered>): Promise<void> {
    const list = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
    await tx.query(
      `insert into inputs as i (tenant_id, kind, since, last_at, widest_gap_ms)
       select $1, k, to_timestamp(s / 1000.0), to_timestamp(l / 1000.0), g
       from unnest($2::text[], $3::double precision[], $4::double precision[], $5::bigint[]) as r(k, s, l, g)
       on conflict (tenant_id, kind) do update set
         since = least(i.since, excluded.since),
         widest_gap_ms = greatest(i.widest_gap_ms, excluded.widest_gap_ms,
           (extract(epoch from excluded.last_at - i.last_at) * 1000)::bigint),
         last_at = greatest(i.last_at, excluded.last_at)`,
      [
        tenant,
        list.map(([kind]) => kind),
        list.map(([, value]) => value.since),
        list.map(([, value]) => value.last),
        list.map(([, value]) => Math.round(value.widestGap)),
      ],
    );
  }
}

function joinedInputs(
  rows: readonly Row[],
  unwritten: readonly (ReadonlyMap<InputKind, Delivered> | undefined)[],
): Inputs {
  const all = new Map<InputKind, Delivered>(
    rows.map((row) => [
      row.kind,
      { since: row.since.getTime(), last: row.last_at.getTime(), widestGap: Number(row.widest_gap_ms) },
    ]),
  );
  for (const kinds of unwritten) {
    for (const [kind, fresh] of kinds ?? []) {
      const before = all.get(kind);
      all.set(kind, before ? joinedDelivery(before, fresh) : fresh);
    }
  }
  return Object.fromEntries(
    [...all].map(([kind, { since, last, widestGap }]) => [
      kind,
      { since, freshUntil: last + Math.max(usualGapMs[kind], 2 * widestGap) },
    ]),
  );
}

function joinedDelivery(a: Delivered, b: Delivered): Delivered {
  return {
    since: Math.min(a.since, b.since),
    last: Math.max(a.last, b.last),
    widestGap: Math.max(a.widestGap, b.widestGap, b.since - a.last),
  };
}

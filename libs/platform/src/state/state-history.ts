import type { EntityName, Envelope } from '@tenure/contracts';

import type { Tx } from '../database/tx';
import { type AccountKey } from './accounts';
import { entityOf, type EntityRef } from './entities';
import { dataOf, emptyState, fold, type FoldedState, type Rank, type Statement } from './fold-state';
import { statementOf } from './statement';

/** An entity of an account. */
export interface EntityKey extends AccountKey, EntityRef {}

/** An entity's folded state. */
export interface EntityState extends EntityKey {
  readonly data: Readonly<Record<string, unknown>>;
  /** Field → the source it came from and when that source knew it. */
  readonly fields: Readonly<Record<string, { readonly source: string; readonly time: string }>>;
  /** Event time of the first and of the latest event about it. */
  readonly firstTime: Date;
  readonly lastTime: Date;
}

/** An entity that a batch changed, before and after. */
export interface ChangedEntity extends EntityState {
  /** Its data before the batch; null: the entity is new. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** The events of the batch about it, in the batch's order. */
  readonly events: readonly Envelope[];
}

/** One kept state event. */
export interface StateEvent extends EntityKey {
  readonly time: Date;
  /** When Tenure knew it: the time of receipt, or what an import stated or assumed. */
  readonly knownAt: Date;
  readonly knownAssumed: boolean;
  readonly source: string;
  readonly id: string;
  /** As a rank has it: padded, so that text order is the order of the vendor's counter. */
  readonly sequence: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface CurrentRow {
  tenant_id: string;
  account_id: string;
  entity: EntityName;
  entity_id: string;
  data: Record<string, unknown>;
  folded: FoldedState;
  first_time: Date;
  last_time: Date;
}

interface EventRow {
  tenant_id: string;
  account_id: string;
  entity: EntityName;
  entity_id: string;
  time: Date;
  known_at: Date;
  known_assumed: boolean;
  source: string;
  id: string;
  sequence: string;
  data: Record<string, unknown>;
}

interface Working {
  readonly key: EntityKey;
  readonly before: Readonly<Record<string, unknown>> | null;
  state: FoldedState;
  firstTime: Date;
  lastTime: Date;
  readonly events: Envelope[];
}

/**
 * Keeps the state events of a batch as history and folds them into the current state, field by field. The accounts must
 * be locked. Events that carry no state are passed over. Answers what changed, in order of first appearance.
 */
export async function recordState(tx: Tx, batch: readonly Envelope[]): Promise<ChangedEntity[]> {
  const events = batch.flatMap((envelope) => {
    const ref = entityOf(envelope);
    return ref ? [{ envelope, key: { tenantId: envelope.tenantid, accountId: envelope.subject, ...ref } }] : [];
  });
  if (events.length === 0) return [];
  const [working] = await Promise.all([
    loadWorking(
      tx,
      events.map((event) => event.key),
    ),
    insertEvents(tx, events),
  ]);
  for (const { envelope, key } of events) apply(working, key, envelope);
  await saveCurrent(tx, [...working.values()]);
  return [...working.values()].map((each) => ({
    ...stateOf(each.key, each),
    before: each.before,
    events: each.events,
  }));
}

/** The current state of every entity of these kinds. */
export async function currentState(
  tx: Tx,
  keys: readonly AccountKey[],
  kinds: readonly EntityName[],
): Promise<EntityState[]> {
  const rows = await tx.query<CurrentRow>(
    `select s.* from state_current s join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
     where s.entity = any($3::text[]) order by s.tenant_id, s.account_id, s.entity, s.entity_id`,
    [keys.map((key) => key.tenantId), keys.map((key) => key.accountId), kinds],
  );
  return rows.map((row) =>
    stateOf(keyOf(row), { state: row.folded, firstTime: row.first_time, lastTime: row.last_time }),
  );
}

/** Every kept event of these kinds in the order of event time, to fold the past as it was or as it was known. */
export async function stateHistory(
  tx: Tx,
  keys: readonly AccountKey[],
  kinds: readonly EntityName[],
): Promise<StateEvent[]> {
  const rows = await tx.query<EventRow>(
    `select e.* from state_events e join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
     where e.entity = any($3::text[]) order by e.time, e.sequence, e.source, e.id`,
    [keys.map((key) => key.tenantId), keys.map((key) => key.accountId), kinds],
  );
  return rows.map(eventOf);
}

/** The same of some entities alone. */
export async function entityHistory(tx: Tx, keys: readonly EntityKey[]): Promise<StateEvent[]> {
  const rows = await tx.query<EventRow>(
    `select e.* from state_events e
     join unnest($1::text[], $2::text[], $3::text[], $4::text[]) as k(tenant_id, account_id, entity, entity_id)
       using (tenant_id, account_id, entity, entity_id)
     order by e.time, e.sequence, e.source, e.id`,
    [
      keys.map((key) => key.tenantId),
      keys.map((key) => key.accountId),
      keys.map((key) => key.entity),
      keys.map((key) => key.entityId),
    ],
  );
  return rows.map(eventOf);
}

/** A kept event as the fold takes it: ranked as it was when it was recorded, so that both folds come to the same state. */
export function statementOfEvent({ time, sequence, source, id, data }: StateEvent): Statement {
  return {
    rank: { time: time.toISOString(), sequence, source, id },
    snapshot: data['snapshot'] === true,
    fields: data,
  };
}

/** Moves all history of one account to another (both locked) and folds again what both had. The account's own profile stays behind. */
export async function moveState(tx: Tx, tenantId: string, from: string, into: string): Promise<void> {
  await tx.query(
    `insert into state_events select tenant_id, $3, entity, entity_id, time, source, id, received_at, known_at, known_assumed, sequence, snapshot,
       data || jsonb_build_object('accountId', $3::text)
     from state_events where tenant_id = $1 and account_id = $2 and entity <> 'account' on conflict do nothing`,
    [tenantId, from, into],
  );
  const moved = await tx.query<CurrentRow>(
    `delete from state_current where tenant_id = $1 and account_id = $2 and entity <> 'account' returning *`,
    [tenantId, from],
  );
  await tx.query(`delete from state_events where tenant_id = $1 and account_id = $2 and entity <> 'account'`, [
    tenantId,
    from,
  ]);
  const working = await loadWorking(
    tx,
    moved.map((row) => ({ ...keyOf(row), accountId: into })),
  );
  for (const row of moved) merge(working, { ...keyOf(row), accountId: into }, row);
  await saveCurrent(tx, [...working.values()]);
}

function apply(working: Map<string, Working>, key: EntityKey, envelope: Envelope): void {
  const time = new Date(envelope.time);
  const known = working.get(nameOf(key)) ?? fresh(key, time);
  known.state = fold(known.state, statementOf(envelope));
  if (time < known.firstTime) known.firstTime = time;
  if (time > known.lastTime) known.lastTime = time;
  known.events.push(envelope);
  working.set(nameOf(key), known);
}

/** Two folds of the same entity under two accounts are one fold of all their statements, so fields are joined by rank. */
function merge(working: Map<string, Working>, key: EntityKey, row: CurrentRow): void {
  const known = working.get(nameOf(key)) ?? fresh(key, row.first_time);
  for (const [name, { value, rank }] of Object.entries(row.folded.fields)) {
    known.state = fold(known.state, { rank, snapshot: false, fields: unflatten(name, value) });
  }
  if (row.folded.snapshot) known.state = fold(known.state, { rank: row.folded.snapshot, snapshot: true, fields: {} });
  if (row.first_time < known.firstTime) known.firstTime = row.first_time;
  if (row.last_time > known.lastTime) known.lastTime = row.last_time;
  working.set(nameOf(key), known);
}

function unflatten(name: string, value: unknown): Record<string, unknown> {
  const slash = name.indexOf('/');
  return slash > 0 ? { [name.slice(0, slash)]: { [name.slice(slash + 1)]: value } } : { [name]: value };
}

function fresh(key: EntityKey, time: Date): Working {
  return { key, before: null, state: emptyState, firstTime: time, lastTime: time, events: [] };
}

async function insertEvents(tx: Tx, events: readonly { envelope: Envelope; key: EntityKey }[]): Promise<void> {
  const column = <T>(value: (event: { envelope: Envelope; key: EntityKey }) => T): T[] => events.map(value);
  await tx.query(
    `insert into state_events (tenant_id, account_id, entity, entity_id, time, source, id, received_at, known_at, known_assumed, sequence, snapshot, data)
     select t, a, e, i, time, source, id, received, known, assumed, sequence, snapshot, data::jsonb
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[],
       $10::boolean[], $11::text[], $12::boolean[], $13::text[])
       as r(t, a, e, i, time, source, id, received, known, assumed, sequence, snapshot, data)
     on conflict do nothing`,
    [
      column(({ key }) => key.tenantId),
      column(({ key }) => key.accountId),
      column(({ key }) => key.entity),
      column(({ key }) => key.entityId),
      column(({ envelope }) => statementOf(envelope).rank.time),
      column(({ envelope }) => envelope.source),
      column(({ envelope }) => envelope.id),
      column(({ envelope }) => envelope.receivedat),
      column(({ envelope }) => envelope.knownat ?? envelope.receivedat),
      column(({ envelope }) => envelope.knownat !== undefined),
      column(({ envelope }) => statementOf(envelope).rank.sequence),
      column(({ envelope }) => statementOf(envelope).snapshot),
      column(({ envelope }) => JSON.stringify(envelope.data)),
    ],
  );
}

async function loadWorking(tx: Tx, keys: readonly EntityKey[]): Promise<Map<string, Working>> {
  const wanted = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  const rows = await tx.query<CurrentRow>(
    `select s.* from state_current s
     join unnest($1::text[], $2::text[], $3::text[], $4::text[]) as k(tenant_id, account_id, entity, entity_id)
       using (tenant_id, account_id, entity, entity_id)`,
    [
      wanted.map((key) => key.tenantId),
      wanted.map((key) => key.accountId),
      wanted.map((key) => key.entity),
      wanted.map((key) => key.entityId),
    ],
  );
  return new Map(
    rows.map((row) => {
      const key = keyOf(row);
      const times = { firstTime: row.first_time, lastTime: row.last_time };
      return [nameOf(key), { key, before: row.data, state: row.folded, ...times, events: [] }];
    }),
  );
}

async function saveCurrent(tx: Tx, list: readonly Working[]): Promise<void> {
  if (list.length === 0) return;
  await tx.query(
    `insert into state_current (tenant_id, account_id, entity, entity_id, data, folded, first_time, last_time)
     select t, a, e, i, data::jsonb, folded::jsonb, first, last
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
       as r(t, a, e, i, data, folded, first, last)
     on conflict (tenant_id, account_id, entity, entity_id) do update set
       data = excluded.data, folded = excluded.folded, first_time = excluded.first_time, last_time = excluded.last_time`,
    [
      list.map(({ key }) => key.tenantId),
      list.map(({ key }) => key.accountId),
      list.map(({ key }) => key.entity),
      list.map(({ key }) => key.entityId),
      list.map(({ state }) => JSON.stringify(dataOf(state))),
      list.map(({ state }) => JSON.stringify(state)),
      list.map(({ firstTime }) => firstTime),
      list.map(({ lastTime }) => lastTime),
    ],
  );
}

function eventOf(row: EventRow): StateEvent {
  return {
    ...keyOf(row),
    time: row.time,
    knownAt: row.known_at,
    knownAssumed: row.known_assumed,
    source: row.source,
    id: row.id,
    sequence: row.sequence,
    data: row.data,
  };
}

function stateOf(key: EntityKey, from: { state: FoldedState; firstTime: Date; lastTime: Date }): EntityState {
  const origin = ({ source, time }: Rank) => ({ source, time });
  return {
    ...key,
    data: dataOf(from.state),
    fields: Object.fromEntries(Object.entries(from.state.fields).map(([name, { rank }]) => [name, origin(rank)])),
    firstTime: from.firstTime,
    lastTime: from.lastTime,
  };
}

function keyOf(row: { tenant_id: string; account_id: string; entity: EntityName; entity_id: string }): EntityKey {
  return { tenantId: row.tenant_id, accountId: row.account_id, entity: row.entity, entityId: row.entity_id };
}

function nameOf(key: EntityKey): string {
  return [key.tenantId, key.accountId, key.entity, key.entityId].join('\n');
}

import { Injectable } from '@nestjs/common';
import { roundedMinor } from '@tenure/contracts';
import { type AccountKey, accountName, type StateEvent, stateHistory, type Tx } from '@tenure/platform';
import {
  contractStateOf,
  type AccountHistory,
  type AccountUser,
  type EpochDay,
  type EventMarks,
  type Inputs,
  type KeyFeature,
  type PackedDay,
  type Timed,
  UsageDays,
  type UserKind,
  type UserState,
} from '@tenure/scoring';

import { holidaysOf } from './country-holidays.projection';
import {
  entitiesOf,
  invoiceState,
  metricsOf,
  profileState,
  stakeholderState,
  surveyState,
  ticketState,
  touchpointState,
  userState,
} from './entity-history.projection';
import { unknownUser } from './hot-account.entity';

const kinds = [
  'account',
  'user',
  'stakeholder',
  'ticket',
  'contract',
  'invoice',
  'survey-response',
  'touchpoint',
  'metric',
] as const;

/** What of a tenant every history of its accounts carries. */
export interface TenantParts {
  readonly inputs: Inputs;
  readonly keyFeatures: readonly KeyFeature[];
  readonly marks: EventMarks;
  /** Days on which the tenant's own people do not work, beside those of the account's country. */
  readonly ownHolidays: ReadonlySet<EpochDay>;
  readonly timeZone: string;
}

/** A tenant of which nothing is known yet. */
const unknownTenant: TenantParts = {
  inputs: {},
  keyFeatures: [],
  marks: { signIn: [], value: [] },
  ownHolidays: new Set(),
  timeZone: 'UTC',
};

interface UserRow {
  tenant_id: string;
  account_id: string;
  user_id: string;
  ordinal: number;
  kind: UserKind;
}

interface DayRow {
  tenant_id: string;
  account_id: string;
  day: number;
  known_day: number;
  events: string;
  users: Buffer;
  last_at: Date | null;
  uses: Buffer;
}

interface NameRow {
  tenant_id: string;
  account_id: string;
  name: string;
}

/** Reads the whole history of accounts from the rollups and the kept state events. */
@Injectable()
export class AccountHistoryReadModel {
  async load(
    tx: Tx,
    keys: readonly AccountKey[],
    tenants: ReadonlyMap<string, TenantParts>,
  ): Promise<Map<string, AccountHistory>> {
    const [usage, userRows, stateEvents, firstSeen] = await Promise.all([
      this.usage(tx, keys),
      this.rows<UserRow>(tx, 'account_users', keys, 'ordinal'),
      stateHistory(tx, keys, kinds),
      this.firstSeen(tx, keys),
    ]);
    const users = Map.groupBy(userRows, nameOfRow);
    const events = Map.groupBy(stateEvents, accountName);
    return new Map(
      keys.map((key) => {
        const name = accountName(key);
        const tenant = tenants.get(key.tenantId) ?? unknownTenant;
        const own = events.get(name) ?? [];
        const parts = { usage: usage.get(name) ?? new UsageDays(), users: users.get(name) ?? [], events: own, tenant };
        return [name, history(key, parts, firstSeen.get(name))];
      }),
    );
  }

  private async usage(tx: Tx, keys: readonly AccountKey[]): Promise<Map<string, UsageDays>> {
    const [nameRows, dayRows] = await Promise.all([
      this.rows<NameRow>(tx, 'event_names', keys, 'number'),
      this.rows<DayRow>(tx, 'usage_days', keys, 'day, known_day'),
    ]);
    const names = Map.groupBy(nameRows, nameOfRow);
    const days = Map.groupBy(dayRows, nameOfRow);
    return new Map(
      [...days].map(([name, rows]) => [
        name,
        UsageDays.restored(
          (names.get(name) ?? []).map((row) => row.name),
          rows.map(packedDay),
        ),
      ]),
    );
  }

  private async firstSeen(tx: Tx, keys: readonly AccountKey[]): Promise<Map<string, number>> {
    const rows = await this.rows<{ tenant_id: string; account_id: string; first_seen: Date | null }>(
      tx,
      'accounts',
      keys,
      'account_id',
    );
    return new Map(
      rows.flatMap((row) => (row.first_seen ? [[nameOfRow(row), row.first_seen.getTime()] as const] : [])),
    );
  }

  private rows<Row>(
    tx: Tx,
    table: 'account_users' | 'usage_days' | 'event_names' | 'accounts',
    keys: readonly AccountKey[],
    order: string,
  ): Promise<Row[]> {
    return tx.query<Row>(
      `select r.* from ${table} r join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id) order by ${order}`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)],
    );
  }
}

function packedDay(row: DayRow): PackedDay {
  return {
    day: row.day,
    knownDay: row.known_day,
    events: Number(row.events),
    users: new Uint8Array(row.users),
    lastAt: row.last_at?.getTime(),
    uses: row.uses.toString('latin1'),
  };
}

function history(
  key: AccountKey,
  from: { usage: UsageDays; users: readonly UserRow[]; events: readonly StateEvent[]; tenant: TenantParts },
  firstSeen: number | undefined,
): AccountHistory {
  const of = (kind: StateEvent['entity']): readonly StateEvent[] =>
    from.events.filter((event) => event.entity === kind);
  const account = of('account');
  const timeZone = timeZoneOf(account) ?? from.tenant.timeZone;
  const profile = entitiesOf(account, profileState)[0]?.states ?? [];
  return {
    accountId: key.accountId,
    timeZone,
    holidays: holidaysOf(profile, from.tenant.ownHolidays),
    // Nothing was seen yet; the first event says when.
    firstSeen: firstSeen ?? 8_640_000_000_000_000,
    usage: from.usage,
    keyFeatures: from.tenant.keyFeatures,
    users: usersOf(from.users, of('user')),
    profile,
    tickets: entitiesOf(of('ticket'), ticketState),
    stakeholders: entitiesOf(of('stakeholder'), stakeholderState),
    surveys: entitiesOf(of('survey-response'), surveyState),
    touchpoints: entitiesOf(of('touchpoint'), touchpointState),
    contracts: entitiesOf(of('contract'), (data) => contractStateOf(data, { timeZone, toMinor: roundedMinor })),
    invoices: entitiesOf(of('invoice'), invoiceState),
    metrics: metricsOf(of('metric')),
    marks: from.tenant.marks,
    inputs: from.tenant.inputs,
  };
}

/** Bits of the bitmaps belong to who was seen in usage; a user only known by name holds none but may hold a seat. */
function usersOf(rows: readonly UserRow[], events: readonly StateEvent[]): AccountUser[] {
  const states = new Map<string, readonly Timed<UserState>[]>(
    entitiesOf(events, userState).map((each) => [each.id, each.states]),
  );
  const seen = rows.map((row) => {
    const base = unknownUser(row.user_id, row.ordinal, row.kind);
    const known = states.get(row.user_id);
    return known ? { ...base, states: [...base.states, ...known] } : base;
  });
  return seen;
}

function timeZoneOf(events: readonly StateEvent[]): string | undefined {
  const zone = events.findLast((event) => typeof event.data['timeZone'] === 'string')?.data['timeZone'];
  return typeof zone === 'string' ? zone : undefined;
}

function nameOfRow(row: { tenant_id: string; account_id: string }): string {
  return `${row.tenant_id}:${row.account_id}`;
}

import type { Envelope, UsageRecorded } from '@tenure/contracts';
import { bitmapWith, EMPTY_BITMAP, type UsageDay, zonedDay } from '@tenure/scoring';

/** The calendar and the users of the account, as far as they are known. */
export interface UsageStandpoint {
  readonly timeZone: string;
  /** User id → bit in the bitmaps. */
  readonly ordinals: ReadonlyMap<string, number>;
  /** Those of them who are not human. */
  readonly kinds?: ReadonlyMap<string, NewUser['kind']>;
}

/** A user who appears for the first time or as another kind, and the bit that is theirs. */
export interface NewUser {
  readonly userId: string;
  readonly ordinal: number;
  readonly kind: 'human' | 'service' | 'internal';
}

/** What a batch adds to one account. */
export interface UsageDelta {
  readonly days: readonly UsageDay[];
  readonly newUsers: readonly NewUser[];
}

/**
 * Folds usage events of one account into what they add per day and known day, in the account's time zone. Sandbox events
 * count nowhere; an impersonated event counts as an event but makes nobody active, for it was one of ours.
 */
export function usageDelta(events: readonly Envelope<UsageRecorded>[], from: UsageStandpoint): UsageDelta {
  const cells = new Map<string, MutableDay>();
  const newUsers = new Map<string, NewUser>();
  for (const event of events) {
    if (event.data.environment === 'sandbox') continue;
    const ordinal = ordinalOf(event, from, newUsers);
    count(cellOf(cells, event, from.timeZone), event, ordinal);
  }
  return { days: [...cells.values()], newUsers: [...newUsers.values()] };
}

interface MutableDay {
  day: number;
  knownDay: number;
  events: number;
  users: Uint8Array;
  byName: Record<string, number>;
  usersByName: Record<string, Uint8Array>;
  lastAt?: number;
}

function cellOf(cells: Map<string, MutableDay>, event: Envelope<UsageRecorded>, timeZone: string): MutableDay {
  const day = zonedDay(Date.parse(event.time), timeZone);
  const knownDay = zonedDay(Date.parse(event.knownat ?? event.receivedat), timeZone);
  const name = `${day}/${knownDay}`;
  const known = cells.get(name);
  if (known) return known;
  const fresh = { day, knownDay, events: 0, users: EMPTY_BITMAP, byName: nothing(), usersByName: nothing() };
  cells.set(name, fresh);
  return fresh;
}

/** Nothing is inherited: an event may be called `constructor` or `__proto__`. */
const nothing = (): Record<string, never> => Object.create(null) as Record<string, never>;

function count(cell: MutableDay, event: Envelope<UsageRecorded>, ordinal: number | undefined): void {
  const name = event.data.event;
  cell.events += 1;
  cell.byName[name] = (cell.byName[name] ?? 0) + 1;
  const before = cell.usersByName[name] ?? EMPTY_BITMAP;
  cell.usersByName[name] = before;
  if (ordinal === undefined) return;
  cell.users = bitmapWith(cell.users, ordinal);
  cell.usersByName[name] = bitmapWith(before, ordinal);
  if ((event.data.actorType ?? 'human') === 'human') cell.lastAt = Math.max(cell.lastAt ?? 0, Date.parse(event.time));
}

/** The bit of the event's user, who is noted where they are new or turn out to be a machine or one of ours. */
function ordinalOf(
  event: Envelope<UsageRecorded>,
  from: UsageStandpoint,
  told: Map<string, NewUser>,
): number | undefined {
  const { userId, actorType = 'human' } = event.data;
  if (userId === undefined || actorType === 'impersonated') return undefined;
  const before = told.get(userId);
  const known = before?.ordinal ?? from.ordinals.get(userId);
  const kind = before?.kind ?? from.kinds?.get(userId) ?? 'human';
  const ordinal = known ?? from.ordinals.size + newcomers(told, from);
  if (known === undefined || saysMore(actorType, kind)) told.set(userId, { userId, ordinal, kind: actorType });
  return ordinal;
}

/** A user is what the most telling of their events says, whichever came first. */
export function saysMore(kind: NewUser['kind'], than: NewUser['kind']): boolean {
  return kindRank[kind] > kindRank[than];
}

const kindRank = { human: 0, service: 1, internal: 2 } as const;

function newcomers(told: ReadonlyMap<string, NewUser>, { ordinals }: UsageStandpoint): number {
  let count = 0;
  for (const userId of told.keys()) if (!ordinals.has(userId)) count += 1;
  return count;
}

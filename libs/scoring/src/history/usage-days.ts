import type { EpochDay, Instant } from '../time/day';
import { bitmapExceeds, bitmapOr, bitmapWithout, EMPTY_BITMAP, popcount, type Bitmap } from './bitmap';

/** What one account did on one day as far as it became known on `knownDay` (both in the account's time zone). */
export interface UsageDay {
  readonly day: EpochDay;
  readonly knownDay: EpochDay;
  readonly events: number;
  /** All kinds of users; who is human is decided at read time. */
  readonly users: Bitmap;
  readonly byName: Readonly<Record<string, number>>;
  /** Per event name, for the names that a key feature groups. */
  readonly usersByName?: Readonly<Record<string, Bitmap>>;
  /** Latest human event of the row; without it the end of the day stands in. */
  readonly lastAt?: Instant;
}

/** What a remembered value may depend on. */
export interface UsageScope {
  readonly through: EpochDay;
  readonly known: EpochDay;
  readonly except: Bitmap;
  /** Only where the value counts business days. */
  readonly holidays?: ReadonlySet<EpochDay>;
}

type Resolve = (a: number, b: number) => number;

/**
 * The account's daily usage, sorted by day, cheap to update: `add` costs O(1) for today's events whatever the length of
 * the history, and windows that end before a changed day stay memoised.
 */
export class UsageDays {
  private readonly cells = new Map<EpochDay, UsageDay[]>();
  private readonly memo = new Map<string, UsageScope & { readonly value: unknown }>();
  /** Bytes of the longest bitmap. */
  private width = 0;
  private first = Infinity;
  private last = -Infinity;
  private lastKnown = -Infinity;

  /** Rows as stored, one per (day, known day), in any order; a row given twice counts once. */
  static of(rows: Iterable<UsageDay>): UsageDays {
    const days = new UsageDays();
    for (const row of rows) days.put(row, Math.max);
    return days;
  }

  /** Adds a delta: events are summed, users united. */
  add(delta: UsageDay): void {
    this.put(delta, (a, b) => a + b);
  }

  /** The first day known by `known`; a standpoint of the past must not see a history that was imported later. */
  firstDay(known: EpochDay): EpochDay | null {
    if (this.first === Infinity) return null;
    if (known >= this.lastKnown) return this.first;
    for (let day = this.first; day <= this.last; day++) if (this.rows(day, known).length > 0) return day;
    return null;
  }

  /** The rows of a day known by `known`. */
  rows(day: EpochDay, known: EpochDay): readonly UsageDay[] {
    const cell = this.cells.get(day);
    if (!cell) return [];
    return known >= this.lastKnown ? cell : cell.filter((row) => row.knownDay <= known);
  }

  /** All rows, by day then known day. */
  all(): UsageDay[] {
    return [...this.cells.values()].flat().sort((a, b) => a.day - b.day || a.knownDay - b.knownDay);
  }

  /** Who was there on any day of [from, to], leaving out `except` (the users who are not human). */
  activeUsers(from: EpochDay, to: EpochDay, known: EpochDay, except: Bitmap): Bitmap {
    const bits = new Uint8Array(this.width);
    for (let day = Math.max(from, this.first); day <= Math.min(to, this.last); day++)
      for (const { users } of this.rows(day, known))
        for (let i = 0; i < users.length; i++) bits[i] = (bits[i] ?? 0) | (users[i] ?? 0);
    return bitmapWithout(bits, except);
  }

  countActive(from: EpochDay, to: EpochDay, known: EpochDay, except: Bitmap): number {
    return popcount(this.activeUsers(from, to, known, except));
  }

  events(from: EpochDay, to: EpochDay, known: EpochDay): number {
    let sum = 0;
    for (let day = Math.max(from, this.first); day <= Math.min(to, this.last); day++)
      for (const row of this.rows(day, known)) sum += row.events;
    return sum;
  }

  /** Days of [from, to] with anyone but `except`, ascending. */
  activeDays(from: EpochDay, to: EpochDay, known: EpochDay, except: Bitmap): EpochDay[] {
    const days: EpochDay[] = [];
    for (let day = Math.max(from, this.first); day <= Math.min(to, this.last); day++)
      if (this.rows(day, known).some((row) => bitmapExceeds(row.users, except))) days.push(day);
    return days;
  }

  /** The latest day ≤ `to` with anyone but `except`. */
  lastActiveDay(to: EpochDay, known: EpochDay, except: Bitmap): EpochDay | null {
    for (let day = Math.min(to, this.last); day >= this.first; day--)
      if (this.rows(day, known).some((row) => bitmapExceeds(row.users, except))) return day;
    return null;
  }

  /** A value computed from the days up to `scope.through` only: kept until one of those, or who is left out, changes. */
  remember<T>(key: string, scope: UsageScope, compute: () => T): T {
    const full = `${key}:${scope.through}:${Math.min(scope.known, this.lastKnown)}`;
    const kept = this.memo.get(full);
    if (kept && kept.except === scope.except && kept.holidays === scope.holidays) return kept.value as T;
    const value = compute();
    if (this.memo.size > 256) this.memo.clear();
    this.memo.set(full, { ...scope, value });
    return value;
  }

  private put(row: UsageDay, sum: Resolve): void {
    this.width = Math.max(this.width, row.users.length);
    this.first = Math.min(this.first, row.day);
    this.last = Math.max(this.last, row.day);
    this.lastKnown = Math.max(this.lastKnown, row.knownDay);
    for (const [key, { through }] of this.memo) if (through >= row.day) this.memo.delete(key);
    const cell = this.cells.get(row.day) ?? [];
    const place = cell.findIndex((one) => one.knownDay === row.knownDay);
    const held = cell[place];
    if (held) cell[place] = merge(held, row, sum);
    else cell.push(row);
    if (cell.length === 1) this.cells.set(row.day, cell);
  }
}

function merge(a: UsageDay, b: UsageDay, sum: Resolve): UsageDay {
  const byName = { ...a.byName };
  for (const [name, count] of Object.entries(b.byName)) byName[name] = sum(byName[name] ?? 0, count);
  const usersByName: Record<string, Bitmap> = { ...a.usersByName };
  for (const [name, bits] of Object.entries(b.usersByName ?? {}))
    usersByName[name] = bitmapOr(usersByName[name] ?? EMPTY_BITMAP, bits);
  const lastAt = Math.max(a.lastAt ?? -Infinity, b.lastAt ?? -Infinity);
  return {
    day: a.day,
    knownDay: a.knownDay,
    events: sum(a.events, b.events),
    users: bitmapOr(a.users, b.users),
    byName,
    ...((a.usersByName ?? b.usersByName) && { usersByName }),
    ...(Number.isFinite(lastAt) && { lastAt }),
  };
}

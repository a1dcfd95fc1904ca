import type { EpochDay, Instant } from '../time/day';
import { bitmapExceeds, bitmapOr, bitmapWithout, EMPTY_BITMAP, popcount, type Bitmap } from './bitmap';
import { addUsersOf, EventNames, type NamedUse, namesIn, packed, unpacked } from './named-uses';

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
  readonly lastAt?: Instant | undefined;
}

/** A day's row as it is kept and stored: the uses of event names as `packedUses` writes them, a name by its number. */
export interface PackedDay extends Pick<UsageDay, 'day' | 'knownDay' | 'events' | 'users' | 'lastAt'> {
  readonly uses: string;
}

/** What a remembered value may depend on. */
export interface UsageScope {
  readonly through: EpochDay;
  readonly known: EpochDay;
  readonly except: Bitmap;
  /** Only where the value counts business days. */
  readonly holidays?: ReadonlySet<EpochDay>;
}

/** A first day stands alone with nothing in so many days after it: longer than a weekend with a holiday. */
const ALONE_DAYS = 4;

type Resolve = (a: number, b: number) => number;

/** A row as it is kept: the event names are read from their packed form when somebody asks. */
class KeptDay implements UsageDay, PackedDay {
  constructor(
    readonly day: EpochDay,
    readonly knownDay: EpochDay,
    readonly events: number,
    readonly users: Bitmap,
    readonly lastAt: Instant | undefined,
    private readonly names: EventNames,
    readonly uses: string,
  ) {}

  get byName(): Record<string, number> {
    return this.record((use) => use.events);
  }

  get usersByName(): Record<string, Bitmap> {
    return this.record((use) => use.users);
  }

  private record<T>(value: (use: NamedUse) => T): Record<string, T> {
    const entries: [string, T][] = [];
    for (const use of unpacked(this.uses)) entries.push([this.names.nameOf(use.name), value(use)]);
    return Object.fromEntries(entries);
  }
}

/**
 * The account's daily usage, sorted by day, cheap to update: `add` costs O(1) for today's events whatever the length of
 * the history, and windows that end before a changed day stay memoised.
 */
export class UsageDays {
  private readonly cells = new Map<EpochDay, KeptDay[]>();
  private readonly names = new EventNames();
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

  /** Rows as `packedDay` gave them, and the names in the order of their numbers. */
  static restored(names: Iterable<string>, rows: Iterable<PackedDay>): UsageDays {
    const days = new UsageDays();
    for (const name of names) days.names.numberOf(name);
    for (const { day, knownDay, events, users, lastAt, uses } of rows)
      days.place(new KeptDay(day, knownDay, events, users, lastAt, days.names, uses));
    return days;
  }

  /** The event names by their numbers; a number once given stays. */
  get eventNames(): readonly string[] {
    return this.names.all;
  }

  /** The row of a day and known day, to be stored. */
  packedDay(day: EpochDay, knownDay: EpochDay): PackedDay | undefined {
    return this.cells.get(day)?.find((row) => row.knownDay === knownDay);
  }

  /** Adds a delta: events are summed, users united. */
  add(delta: UsageDay): void {
    this.put(delta, (a, b) => a + b);
  }

  /**
   * The day from which there is a history, of the days up to `through` known by `known`; a standpoint of the past must not
   * see what was imported later. A first day that stands alone begins none: it is a wrong date more often than a visit, and
   * would make months of zeros out of a history that is only short.
   */
  firstDay(known: EpochDay, through: EpochDay = Infinity): EpochDay | null {
    let first: EpochDay | null = null;
    for (let day = this.first; day <= Math.min(this.last, through); day++) {
      if (this.kept(day, known).length === 0) continue;
      if (first !== null) return day - first > ALONE_DAYS ? day : first;
      first = day;
    }
    return first;
  }

  /** The rows of a day known by `known`. */
  rows(day: EpochDay, known: EpochDay): readonly UsageDay[] {
    return this.kept(day, known);
  }

  /** The event names of [from, to]. */
  namesUsed(from: EpochDay, to: EpochDay, known: EpochDay): Set<string> {
    const numbers = new Set<number>();
    for (let day = Math.max(from, this.first); day <= Math.min(to, this.last); day++)
      for (const { uses } of this.kept(day, known)) for (const name of namesIn(uses)) numbers.add(name);
    return new Set([...numbers].map((number) => this.names.nameOf(number)));
  }

  /** Who did one of `names` on any day of [from, to], leaving out `except`. */
  usersOf(names: readonly string[], from: EpochDay, to: EpochDay, known: EpochDay, except: Bitmap): Bitmap {
    const bits = new Uint8Array(this.width);
    const numbers = this.names.numbersOf(names);
    if (numbers.size > 0)
      for (let day = Math.max(from, this.first); day <= Math.min(to, this.last); day++)
        for (const { uses } of this.kept(day, known)) addUsersOf(uses, numbers, bits);
    return bitmapWithout(bits, except);
  }

  /** The first day of [from, to] on which one of `names` was done by anyone but `except`. */
  firstDayOf(names: readonly string[], from: EpochDay, to: EpochDay, known: EpochDay, except: Bitmap): EpochDay | null {
    const numbers = this.names.numbersOf(names);
    if (numbers.size === 0) return null;
    for (let day = Math.max(from, this.first); day <= Math.min(to, this.last); day++)
      if (popcount(this.usersOf(names, day, day, known, except)) > 0) return day;
    return null;
  }

  /** The latest day of [from, to] on which one of `names` was done by anyone but `except`. */
  lastDayOf(names: readonly string[], from: EpochDay, to: EpochDay, known: EpochDay, except: Bitmap): EpochDay | null {
    const numbers = this.names.numbersOf(names);
    if (numbers.size === 0) return null;
    for (let day = Math.min(to, this.last); day >= Math.max(from, this.first); day--)
      if (popcount(this.usersOf(names, day, day, known, except)) > 0) return day;
    return null;
  }

  private kept(day: EpochDay, known: EpochDay): readonly KeptDay[] {
    const cell = this.cells.get(day);
    if (!cell) return [];
    return known >= this.lastKnown ? cell : cell.filter((row) => row.knownDay <= known);
  }

  /** All rows, by day then known day. */
  all(): UsageDay[] {
    return [...this.cells.values()]
      .flat()
      .sort((a, b) => a.day - b.day || a.knownDay - b.knownDay)
      .map(({ day, knownDay, events, users, lastAt, byName, usersByName }) => ({
        ...{ day, knownDay, events, users, byName, usersByName },
        ...(lastAt !== undefined && { lastAt }),
      }));
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
    const held = this.cells.get(row.day)?.find((one) => one.knownDay === row.knownDay);
    this.place(held ? this.merged(held, row, sum) : this.keep(row));
  }

  private place(row: KeptDay): void {
    this.width = Math.max(this.width, row.users.length);
    this.first = Math.min(this.first, row.day);
    this.last = Math.max(this.last, row.day);
    this.lastKnown = Math.max(this.lastKnown, row.knownDay);
    for (const [key, { through }] of this.memo) if (through >= row.day) this.memo.delete(key);
    const cell = this.cells.get(row.day) ?? [];
    const at = cell.findIndex((one) => one.knownDay === row.knownDay);
    if (at < 0) cell.push(row);
    else cell[at] = row;
    if (cell.length === 1) this.cells.set(row.day, cell);
  }

  private keep(row: UsageDay): KeptDay {
    const { day, knownDay, events, users, lastAt } = row;
    return new KeptDay(day, knownDay, events, users, lastAt, this.names, packed(this.usesOf(row)));
  }

  private merged(held: KeptDay, row: UsageDay, sum: Resolve): KeptDay {
    const uses = new Map<number, NamedUse>();
    for (const use of unpacked(held.uses)) uses.set(use.name, use);
    for (const use of this.usesOf(row)) {
      const before = uses.get(use.name);
      const both = before && { events: sum(before.events, use.events), users: bitmapOr(before.users, use.users) };
      uses.set(use.name, both ? { ...use, ...both } : use);
    }
    const lastAt = Math.max(held.lastAt ?? -Infinity, row.lastAt ?? -Infinity);
    return new KeptDay(
      held.day,
      held.knownDay,
      sum(held.events, row.events),
      bitmapOr(held.users, row.users),
      Number.isFinite(lastAt) ? lastAt : undefined,
      this.names,
      packed(uses.values()),
    );
  }

  private *usesOf({ byName, usersByName }: UsageDay): Generator<NamedUse> {
    for (const [name, events] of Object.entries(byName))
      yield { name: this.names.numberOf(name), events, users: usersByName?.[name] ?? EMPTY_BITMAP };
  }
}

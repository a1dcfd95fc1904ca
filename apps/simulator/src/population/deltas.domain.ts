import { type UsageDay, UsageDays } from '@tenure/scoring';
import type { Course } from './course.domain';
import { instantOf } from './fact.domain';
import type { Staff } from './staff.domain';
import { eventNames, type Use, usesOf } from './use.domain';

/**
 * The daily deltas that the usage events of an account fold to, straight into the history that features read: the fast way for
 * tens of thousands of accounts. A test folds the events themselves and finds the same.
 */
export function usageDeltas(course: Course, staff: Staff): UsageDays {
  const days = new UsageDays();
  const width = (staff.colleagues.length >> 3) + 1;
  for (const { day, uses } of usesOf(course, staff))
    for (const row of rowsOf(course, staff, day, uses, width)) days.add(row);
  return days;
}

interface Cell {
  readonly knownDay: number;
  events: number;
  readonly users: Uint8Array;
  readonly counts: number[];
  readonly usersByName: (Uint8Array | undefined)[];
  last: number;
}

function* rowsOf(
  { member }: Course,
  { colleagues }: Staff,
  day: number,
  uses: readonly Use[],
  width: number,
): Generator<UsageDay> {
  const cells: Cell[] = [];
  for (const use of uses) {
    const cell = cellOf(cells, use.knownDay, width);
    const isHuman = colleagues[use.who]?.kind === 'human' || colleagues[use.who]?.declared === false;
    count(cell, use, isHuman, width);
  }
  for (const cell of cells) {
    const byName: Record<string, number> = {};
    const usersByName: Record<string, Uint8Array> = {};
    cell.counts.forEach((events, name) => {
      const named = eventNames[name] ?? '';
      byName[named] = events;
      usersByName[named] = cell.usersByName[name] ?? cell.users;
    });
    const { knownDay, events, users } = cell;
    const lastAt = cell.last < 0 ? {} : { lastAt: instantOf(member.timeZone, day, cell.last) };
    yield { day, knownDay, events, users, byName, usersByName, ...lastAt };
  }
}

function cellOf(cells: Cell[], knownDay: number, width: number): Cell {
  const known = cells.find((cell) => cell.knownDay === knownDay);
  if (known) return known;
  const fresh = { knownDay, events: 0, users: new Uint8Array(width), counts: [], usersByName: [], last: -1 };
  cells.push(fresh);
  return fresh;
}

function count(cell: Cell, { who, name, second }: Use, isHuman: boolean, width: number): void {
  const [byte, bit] = [who >> 3, 1 << (who & 7)];
  cell.events += 1;
  cell.counts[name] = (cell.counts[name] ?? 0) + 1;
  cell.users[byte] = (cell.users[byte] ?? 0) | bit;
  const named = (cell.usersByName[name] ??= new Uint8Array(width));
  named[byte] = (named[byte] ?? 0) | bit;
  if (isHuman) cell.last = Math.max(cell.last, second);
}

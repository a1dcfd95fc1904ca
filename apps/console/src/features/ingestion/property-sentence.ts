import type { PropertyType } from '@tenure/contracts';
import { day } from '../../format/dates';

/** 'number until 3 May 2026, string since 4 May 2026'; 'number and string' while both come; 'number' otherwise. */
export function typesSentence(types: readonly PropertyType[], timeZone: string): string {
  const real = types.filter((each) => each.type !== 'null').sort((a, b) => (a.firstAt < b.firstAt ? -1 : 1));
  const [first, second] = real;
  if (!first) return 'always null';
  if (!second) return first.type;
  if (real.length > 2 || first.lastAt >= second.firstAt) return real.map((each) => each.type).join(' and ');
  return `${first.type} until ${day(first.lastAt, timeZone)}, ${second.type} since ${day(second.firstAt, timeZone)}`;
}

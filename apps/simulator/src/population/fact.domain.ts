import { dayStart } from '@tenure/scoring';
import { type Day, season as seasonOf } from '../world/calendar.domain';

export const factKinds = [
  'account',
  'user',
  'stakeholder',
  'ticket',
  'contract',
  'invoice',
  'survey-response',
  'touchpoint',
] as const;
export type FactKind = (typeof factKinds)[number];

/**
 * Something that a source tells about an account: the data of one event. A history folds facts, the public API is sent them;
 * both from here, so they cannot differ. Instants in ms.
 */
export interface Fact {
  readonly kind: FactKind;
  readonly id: string;
  readonly at: number;
  readonly knownAt: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const starts = new Map<string, Map<Day, number>>();

/** An instant by the account's own clock. Kept, because every fact of every account asks. */
export function instantOf(timeZone: string, day: Day, second: number): number {
  const known = starts.get(timeZone) ?? new Map<Day, number>();
  starts.set(timeZone, known);
  const start = known.get(day) ?? dayStart(day, timeZone);
  known.set(day, start);
  return start + Math.round(second * 1000);
}

export const iso = (at: number): string => new Date(at).toISOString();

const seasons = new Map<Day, number>();

export function seasonOn(day: Day): number {
  const known = seasons.get(day) ?? seasonOf(day);
  seasons.set(day, known);
  return known;
}

/** Told at the time it happened. */
export function told(kind: FactKind, id: string, at: number, data: Fact['data'], knownAt = at): Fact {
  return { kind, id, at, knownAt: Math.max(at, knownAt), data };
}

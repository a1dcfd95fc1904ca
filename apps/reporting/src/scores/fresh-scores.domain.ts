import type { Envelope, HealthScoreChanged } from '@tenure/contracts';

/** The version and the band that a row has now; version 0: no score yet. */
export interface KnownScore {
  readonly version: number;
  readonly band: string;
}

export interface FreshScores {
  /** Per account the newest event that is newer than what is known. */
  readonly latest: readonly Envelope<HealthScoreChanged>[];
  /** Those that tell a day of the past, which an import brings. */
  readonly past: readonly Envelope<HealthScoreChanged>[];
  /** Changes of band on the way there; the first score of an account is none. */
  readonly turns: readonly { readonly event: Envelope<HealthScoreChanged>; readonly bandBefore: string }[];
}

/** Drops what is older than or equal to what is known. `known` is by `tenant:account`. */
export function freshScores(
  events: readonly Envelope<HealthScoreChanged>[],
  known: ReadonlyMap<string, KnownScore>,
): FreshScores {
  const standing = new Map(known);
  const latest = new Map<string, Envelope<HealthScoreChanged>>();
  const past: Envelope<HealthScoreChanged>[] = [];
  const turns: FreshScores['turns'][number][] = [];
  for (const event of events) {
    const name = `${event.tenantid}:${event.subject}`;
    const { version, band } = standing.get(name) ?? { version: 0, band: 'unknown' };
    if (event.data.version <= version) continue;
    if (version > 0 && band !== event.data.band) turns.push({ event, bandBefore: band });
    standing.set(name, { version: event.data.version, band: event.data.band });
    latest.set(name, event);
    if (isPast(event)) past.push(event);
  }
  return { latest: [...latest.values()], past, turns };
}

const dayMs = 86_400_000;

/** Whether the score stands for a day long before it was told; one that only waited for us does not. */
export function isPast({ data, receivedat }: Envelope<HealthScoreChanged>): boolean {
  return Date.parse(receivedat) - Date.parse(data.asOf) > 2 * dayMs;
}

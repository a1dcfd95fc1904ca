import { features } from '../features/features';
import type { AccountHistory } from '../history/account-history';
import { asOf } from '../history/as-of';
import { historyUntil } from '../history/until';
import type { Model } from '../model/model';
import type { Instant } from '../time/day';
import type { Contribution, HealthScore, Override } from './health';
import { score } from './score';

/** One end of a ledger: the score of an instant, as it was known then, by the model and the override of then. */
export interface LedgerEnd {
  readonly at: Instant;
  readonly model: Model;
  readonly override?: Override;
}

/** Why a score is another one. */
export const LEDGER_CAUSES = ['behaviour', 'time', 'late-data', 'model', 'override'] as const;
export type LedgerCause = (typeof LEDGER_CAUSES)[number];

/** What one measure (or cap, or override) added to the difference for one cause. */
export interface LedgerLine {
  readonly measure: string;
  /** Two decimals at most; never 0. */
  readonly points: number;
  /** What is so at the later end (at the earlier one, where the line is gone). */
  readonly reason: string;
}

export interface LedgerPart {
  readonly cause: LedgerCause;
  /** The sum of its lines, in hundredths exactly. */
  readonly points: number;
  readonly lines: readonly LedgerLine[];
}

/** The difference between two scores, split so that the parts add up to it exactly. */
export interface ChangeLedger {
  readonly from: HealthScore;
  readonly to: HealthScore;
  /** Score at the later end − score at the earlier one, where no score counts as 0. */
  readonly difference: number;
  /** Every cause once, also those that gave nothing. */
  readonly parts: readonly LedgerPart[];
}

/**
 * Splits the difference between two dates. In this order, each step from where the one before ended:
 * late data (what became known later about the time up to `from`), then the days between by the older model: a measure
 * whose value would be the same had nothing happened since is the passing of time, every other one is behaviour; then the
 * newer model on the same numbers; then what people set. Pure; the same `features` and `score` as everywhere.
 */
export function changeLedger(history: AccountHistory, from: LedgerEnd, to: LedgerEnd): ChangeLedger {
  const asKnownThen = score(features(history, asOf(from.at)), from.model);
  const asKnownNow = score(features(history, asOf(from.at, to.at)), from.model);
  const untouched = score(features(historyUntil(history, from.at), asOf(to.at)), from.model);
  const now = features(history, asOf(to.at));
  const happened = score(now, from.model);
  const remodelled = score(now, to.model);
  const ends = { from: withOverride(history, from), to: withOverride(history, to) };
  const parts: Record<LedgerCause, LedgerLine[]> = {
    ...between(asKnownNow, happened, untouched),
    'late-data': changes(asKnownThen, asKnownNow),
    model: changes(happened, remodelled),
    override: changes(onlyOverride(ends.from), onlyOverride(ends.to)),
  };
  return {
    ...ends,
    difference: (hundredths(ends.to.score ?? 0) - hundredths(ends.from.score ?? 0)) / 100,
    parts: LEDGER_CAUSES.map((cause) => ({ cause, points: total(parts[cause]), lines: sorted(parts[cause]) })),
  };
}

function withOverride(history: AccountHistory, { at, model, override }: LedgerEnd): HealthScore {
  return score(features(history, asOf(at)), model, override ? { override } : {});
}

const onlyOverride = (health: HealthScore): HealthScore => ({
  ...health,
  contributions: health.contributions.filter(({ group }) => group === 'overrides'),
});

function between(
  before: HealthScore,
  after: HealthScore,
  untouched: HealthScore,
): { time: LedgerLine[]; behaviour: LedgerLine[] } {
  const { true: time = [], false: behaviour = [] } = Object.groupBy(changes(before, after), ({ measure }) =>
    String(byClockAlone(measure, after, untouched)),
  );
  return { time, behaviour };
}

/** Had nothing happened, this line would read the same: the same number, made of the same measures. */
function byClockAlone(measure: string, after: HealthScore, untouched: HealthScore): boolean {
  const [real, still] = [lineOf(after, measure), lineOf(untouched, measure)];
  if (real?.value !== still?.value) return false;
  return measure.startsWith('cap:') ? real?.points === still?.points : presentIn(after) === presentIn(untouched);
}

const lineOf = (health: HealthScore, measure: string): Contribution | undefined =>
  health.contributions.find((line) => line.measure === measure);
const presentIn = (health: HealthScore): string =>
  health.contributions
    .filter(({ group }) => group !== 'caps' && group !== 'overrides')
    .map(({ measure }) => measure)
    .join();

function changes(before: HealthScore, after: HealthScore): LedgerLine[] {
  const names = new Set([...before.contributions, ...after.contributions].map(({ measure }) => measure));
  return [...names].flatMap((measure) => {
    const [old, now] = [lineOf(before, measure), lineOf(after, measure)];
    const points = (hundredths(now?.points ?? 0) - hundredths(old?.points ?? 0)) / 100;
    return points === 0 ? [] : [{ measure, points, reason: (now ?? old)?.reason ?? '' }];
  });
}

const hundredths = (points: number): number => Math.round(points * 100);
const total = (lines: readonly LedgerLine[]): number =>
  lines.reduce((sum, { points }) => sum + hundredths(points), 0) / 100;
const sorted = (lines: readonly LedgerLine[]): LedgerLine[] =>
  lines.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.measure < b.measure ? -1 : 1));

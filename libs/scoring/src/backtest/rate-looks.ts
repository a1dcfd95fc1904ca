import { fitPlatt, plattProbability } from '../probability/calibrate';
import type { ChurnModel } from '../probability/churn-model';
import { learnChurn } from '../probability/learn-churn';
import { priorChurnModel } from '../probability/prior-churn';
import { halfOf } from '../probability/rolling';
import { rowProbability } from '../probability/row-probability';
import type { EpochDay } from '../time/day';
import type { BacktestOptions } from './backtest-options';
import { filled, type Rater } from './raters';
import type { Look } from './read-looks';

/** Looks of the test period with what the subject and every baseline said, as probabilities. */
export interface RatedLooks {
  readonly splitDay: EpochDay;
  readonly version: string;
  readonly train: readonly Look[];
  readonly test: readonly Look[];
  /** Of the subject, then of the raters; in the order of `test`. */
  readonly said: readonly (readonly number[])[];
  readonly caveat: string | null;
}

const MATURED = 45;

/** Teaches on what had matured before the split and rates what was decided after it. */
export function rateLooks(looks: readonly Look[], raters: readonly Rater[], options: BacktestOptions): RatedLooks {
  const days = looks.map(({ row }) => row.decisionDay).sort((a, b) => a - b);
  const splitDay = options.splitDay ?? days[Math.floor(days.length / 2)] ?? options.through;
  const train = looks.filter(({ row }) => row.decisionDay + MATURED <= splitDay);
  const test = looks.filter(({ row }) => row.decisionDay > splitDay);
  const said = raters.map((_, i) => ratedBy(train, test, i));
  const { subject } = options;
  if (subject.kind === 'score') return { splitDay, version: subject.model.version, train, test, said, caveat: null };
  const { own, version, caveat } = churnOf(subject.model, train, test);
  return { splitDay, version, train, test, said: [own, ...said], caveat };
}

/** A given model rates as it is; else each half of the accounts is rated by what the other half taught. */
function churnOf(given: ChurnModel | null, train: readonly Look[], test: readonly Look[]) {
  if (given) return { own: test.map(({ row }) => rowProbability(given, row)), version: given.version, caveat: null };
  const learned = [0, 1].map((half) => learnChurn(train.map(({ row }) => row).filter((row) => halfOf(row) !== half)));
  const models = learned.map(({ model }) => model ?? priorChurnModel());
  const own = test.map(({ row }) => rowProbability(models[halfOf(row)] ?? priorChurnModel(), row));
  const caveat = learned.find(({ card }) => card.abstention !== null)?.card.verdict ?? null;
  return { own, version: models[0]?.version ?? '', caveat };
}

/** A ranking as a probability: Platt on the training looks, so that its Brier score is a fair one. */
function ratedBy(train: readonly Look[], test: readonly Look[], rater: number): number[] {
  const raw = (looks: readonly Look[]) => filled(looks.map(({ ratings }) => ratings[rater] ?? NaN));
  const [taught, asked] = [raw(train), raw(test)];
  const centre = taught.reduce((sum, one) => sum + one, 0) / Math.max(1, taught.length);
  const spread = Math.sqrt(taught.reduce((sum, one) => sum + (one - centre) ** 2, 0) / Math.max(1, taught.length)) || 1;
  const scaled = (values: readonly number[]) => values.map((one) => (one - centre) / spread);
  const lost = train.map(({ row }) => row.lost);
  const platt = fitPlatt(scaled(taught), lost, { towards: 1e-3 });
  return scaled(asked).map((one) => plattProbability(platt, one));
}

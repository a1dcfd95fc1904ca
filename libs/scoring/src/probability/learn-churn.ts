import { aucInterval } from '../backtest/bootstrap';
import { logLoss } from '../backtest/calibration';
import { measures } from '../backtest/measures';
import { groupsOf } from '../backtest/groups';
import { isoFromDay } from '../time/day';
import { fitPlatt } from './calibrate';
import type { Abstention, ChurnModel, ChurnRow, HorizonScale } from './churn-model';
import { scaleAt } from './churn-probability';
import { withChurnVersion } from './churn-version';
import { driftOf } from './drift';
import { designOf, fitRows, modelOf, type Design } from './fit-churn';
import { sigmoid } from './logistic';
import type { ModelCard } from './model-card';
import { priorChurnModel } from './prior-churn';
import { acrossAccounts, rollingOrigin, type HeldOut } from './rolling';

/** A model and what is to be known of it. Abstaining, `model` is the prior (too few outcomes) or null (no skill). */
export interface Learned {
  readonly model: ChurnModel | null;
  readonly card: ModelCard;
}

/** Below this there is no probability of one's own. */
export const LEAST_OUTCOMES = 100;
const LEAST_LOST = 10;
const STRENGTHS = [1, 4, 16, 64] as const;
/** The distance at which skill is judged. */
const CARD_HORIZON = 60;
/** Pseudo-observations that hold a distance's own scale at the common one. */
const SCALE_TOWARDS = 40;

/**
 * Learns the churn probability from decided rows: strength of the prior and calibration per distance from accounts held out, the
 * card from rolling origin over accounts and times that were not seen; or says why it abstains. Pure: the same rows give the same model, in any order.
 */
export function learnChurn(given: readonly ChurnRow[]): Learned {
  const rows = [...given].sort(inOrder);
  const decided = decisions(rows);
  const lost = decided.filter((row) => row.lost).length;
  if (decided.length < LEAST_OUTCOMES || lost < LEAST_LOST) return tooFew(rows, decided.length, lost);
  const design = designOf(rows);
  const { strength, heldOut } = best(design);
  const horizons = scales(heldOut);
  const tested = ratedBy(rollingOrigin(design, strength), horizons);
  const abstention = noSkill(tested);
  const everything = rows.map((_, i) => i);
  const raw = modelOf(design, fitRows(design, everything, strength), lost / decided.length);
  const model = calibrated(raw, horizons);
  return { model: abstention ? null : model, card: cardOf(rows, tested, { model, strength, abstention }) };
}

function inOrder(a: ChurnRow, b: ChurnRow): number {
  const name = (row: ChurnRow) => `${row.tenant}/${row.account}`;
  return a.decisionDay - b.decisionDay || a.day - b.day || (name(a) < name(b) ? -1 : 1);
}

/** One row per decision. */
function decisions(rows: readonly ChurnRow[]): ChurnRow[] {
  return [...new Map(rows.map((row) => [`${row.tenant}/${row.account}/${row.decisionDay}`, row])).values()];
}

function best(design: Design): { strength: number; heldOut: HeldOut[] } {
  const tried = STRENGTHS.map((strength) => {
    const heldOut = acrossAccounts(design, strength);
    const said = heldOut.map(({ row, logOdds }) => ({ lost: row.lost, probability: sigmoid(logOdds) }));
    return { strength, heldOut, loss: said.length > 0 ? logLoss(said) : Infinity };
  });
  return tried.reduce((a, b) => (b.loss < a.loss ? b : a));
}

/** Platt per distance, drawn to Platt over all of them. */
function scales(heldOut: readonly HeldOut[]): HorizonScale[] {
  const common = fitPlatt(
    heldOut.map((one) => one.logOdds),
    heldOut.map((one) => one.row.lost),
    { weights: heldOut.map((one) => one.weight), towards: SCALE_TOWARDS / 4 },
  );
  return [30, 60, 90, 120, 180].map((days) => {
    const near = heldOut.filter(({ row }) => Math.abs(row.horizon - days) <= 15);
    const own = fitPlatt(
      near.map((one) => common.intercept + common.slope * one.logOdds),
      near.map((one) => one.row.lost),
      { towards: SCALE_TOWARDS },
    );
    return { days, slope: own.slope * common.slope, intercept: own.intercept + own.slope * common.intercept };
  });
}

export interface Tested {
  readonly row: ChurnRow;
  readonly account: string;
  readonly probability: number;
  readonly lost: boolean;
}

function ratedBy(heldOut: readonly HeldOut[], horizons: readonly HorizonScale[]): Tested[] {
  return heldOut.map(({ row, logOdds }) => {
    const { slope, intercept } = scaleAt(horizons, row.horizon);
    const probability = sigmoid(intercept + slope * logOdds);
    return { row, account: `${row.tenant}/${row.account}`, probability, lost: row.lost };
  });
}

/** One look per decision: the one nearest to the card's distance. */
function atCardHorizon(tested: readonly Tested[]): Tested[] {
  const nearest = new Map<string, Tested>();
  const off = ({ row }: Tested) => Math.abs(row.horizon - CARD_HORIZON);
  for (const one of tested) {
    const name = `${one.account}/${one.row.decisionDay}`;
    const held = nearest.get(name);
    if (!held || off(one) < off(held)) nearest.set(name, one);
  }
  return [...nearest.values()];
}

/** The distance's own calibration is added to what the design says of distances. */
function calibrated(raw: ChurnModel, horizons: readonly HorizonScale[]): ChurnModel {
  const { version: _version, ...content } = raw;
  const both = raw.horizons.map(({ days, intercept }) => {
    const scale = scaleAt(horizons, days);
    return { days, slope: scale.slope, intercept: scale.intercept + scale.slope * intercept };
  });
  return withChurnVersion({ ...content, horizons: both });
}

function noSkill(tested: readonly Tested[]): Abstention | null {
  const one = atCardHorizon(tested);
  const lost = one.filter((each) => each.lost).length;
  if (lost === 0 || lost === one.length)
    return { why: 'no-skill', sentence: 'No evidence of skill: nothing to test on.' };
  const { value, low, high } = aucInterval(one);
  const { brierSkill } = measures(one, { draws: 0 });
  if (low > 0.5 && brierSkill.value > 0) return null;
  const range = `AUC ${value.toFixed(2)}, 95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}`;
  return {
    why: 'no-skill',
    sentence: `No evidence of skill (${range}; Brier skill ${percent(brierSkill.value)}): no probability is shown.`,
  };
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function tooFew(rows: readonly ChurnRow[], outcomes: number, lost: number): Learned {
  const model = priorChurnModel();
  const sentence = `${outcomes} decided renewals, ${lost} of them lost: too few for a probability of your own (${LEAST_OUTCOMES} and ${LEAST_LOST}). The experts' prior is used and labelled.`;
  const abstention: Abstention = { why: 'too-few-outcomes', sentence, outcomes, needed: LEAST_OUTCOMES };
  return { model, card: cardOf(rows, [], { model, strength: Infinity, abstention }) };
}

interface Facts {
  readonly model: ChurnModel;
  readonly strength: number;
  readonly abstention: Abstention | null;
}

function cardOf(
  rows: readonly ChurnRow[],
  tested: readonly Tested[],
  { model, strength, abstention }: Facts,
): ModelCard {
  const one = atCardHorizon(tested);
  const decided = decisions(rows);
  const isMeasured = one.some((each) => each.lost) && one.some((each) => !each.lost);
  const measured = isMeasured ? measures(one) : null;
  return {
    modelVersion: model.version,
    basis: model.basis,
    from: isoFromDay(rows[0]?.decisionDay ?? 0),
    to: isoFromDay(rows.at(-1)?.decisionDay ?? 0),
    renewals: decided.length,
    lost: decided.filter((row) => row.lost).length,
    accounts: new Set(rows.map((row) => `${row.tenant}/${row.account}`)).size,
    horizon: CARD_HORIZON,
    measures: measured,
    groups: groupsOf(one.map(({ row, probability }) => ({ ...row, probability }))),
    drift: driftOf(one.map(({ row, probability, lost }) => ({ decisionDay: row.decisionDay, probability, lost }))),
    strength,
    abstention,
    verdict: abstention?.sentence ?? verdictOf(measured),
  };
}

function verdictOf(measured: ModelCard['measures']): string {
  if (!measured) return 'Not tested.';
  const { auc, brierSkill, n, liftAt10 } = measured;
  return `On ${n} renewals it had not seen, ${CARD_HORIZON} days ahead: AUC ${auc.value.toFixed(2)} (${auc.low.toFixed(2)} to ${auc.high.toFixed(2)}), Brier skill ${percent(brierSkill.value)}, the riskiest tenth held ${liftAt10.toFixed(1)} times as many losses as chance.`;
}

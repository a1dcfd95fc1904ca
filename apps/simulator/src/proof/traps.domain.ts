import { driftOf, learnChurn, measures, priorChurnModel, rowProbability } from '@tenure/scoring';
import { addMonths } from '../world/calendar.domain';
import { proofEstates, said } from './accuracy.domain';
import { line, type ProofLine, short } from './line.domain';
import { type Studied, studyEstates } from './study.domain';

const whole = [60];

/** A tenant whose renewals are decided by a coin, one with 40 renewals, and a new pricing in month 14. */
export function trapLines(seed: string, drifting: number): ProofLine[] {
  return [noise(seed), few(seed), ...drift(seed, drifting)];
}

function noise(seed: string): ProofLine {
  const studied = studyEstates(proofEstates(`${seed}-noise`, 'normal', { noise: true }), 500, (estate) => ({
    horizons: whole,
    from: estate.start + 60,
    to: estate.until - 106,
  }));
  const { model, card } = learnChurn(studied.map(({ row }) => row));
  const says = card.abstention?.why === 'no-skill' && model === null;
  return line(
    'score-proof-noise-tenant',
    Number(says),
    'says so',
    { least: 1 },
    { renewals: card.renewals, verdict: card.verdict },
  );
}

function few(seed: string): ProofLine {
  const studied = studyEstates(proofEstates(`${seed}-few`, 'normal'), 40, (estate) => ({
    horizons: whole,
    from: estate.start + 60,
    to: estate.until - 106,
  }));
  const { model, card } = learnChurn(studied.map(({ row }) => row));
  const says = card.abstention?.why === 'too-few-outcomes' && model?.basis === 'prior';
  return line(
    'score-proof-few-renewals',
    Number(says),
    'says so',
    { least: 1 },
    { renewals: card.renewals, verdict: card.verdict },
  );
}

/** Learned before the new pricing: how soon the losses say that something changed, and whether a refit mends it. */
function drift(seed: string, size: number): ProofLine[] {
  const options = (from: number, to: number) => ({ horizons: whole, from, to });
  const worlds = proofEstates(`${seed}-drift`, 'normal', { pricingChangeMonth: 14 });
  const change = addMonths(worlds[0]?.start ?? 0, 14);
  const studied = studyEstates(worlds, 2 * size, (estate) => options(estate.start + 120, estate.until - 106));
  const before = studied.filter(({ row }) => row.decisionDay < change - 46);
  const after = studied.filter(({ row }) => row.decisionDay >= change - 46);
  const old = learnChurn(before.map(({ row }) => row)).model ?? priorChurnModel();
  const rated = after.map(({ row }) => ({
    decisionDay: row.decisionDay,
    probability: rowProbability(old, row),
    lost: row.lost,
  }));
  const { detectedOn, sentence } = driftOf(rated);
  const weeks = detectedOn === null ? Infinity : (Date.parse(detectedOn) / 86_400_000 - change) / 7;
  const detail = {
    detectedOn,
    sentence,
    renewals: after.length,
    pricingChange: new Date(change * 86_400_000).toISOString().slice(0, 10),
  };
  return [
    line(
      'score-proof-drift-detected',
      detectedOn === null ? -1 : weeks,
      'weeks after the change',
      { least: 0, most: 8 },
      detail,
    ),
    refit(
      after.filter(({ row }) => row.decisionDay >= change),
      change,
    ),
  ];
}

/** A quarter after the change teaches, the rest tests. */
function refit(after: readonly Studied[], change: number): ProofLine {
  const taught = after.filter(({ row }) => row.decisionDay < change + 91);
  const tested = after.filter(({ row }) => row.decisionDay >= change + 91);
  const { model } = learnChurn(taught.map(({ row }) => row));
  const used = model ?? priorChurnModel();
  const { calibration, n } = measures(
    said(tested, ({ row }) => rowProbability(used, row)),
    { draws: 0 },
  );
  const detail = { intercept: short(calibration.intercept), taught: taught.length, renewals: n };
  return line('score-proof-drift-slope-after-refit', calibration.slope, 'slope', { least: 0.85, most: 1.15 }, detail);
}

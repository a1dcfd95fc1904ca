import type { ChurnRow } from './churn-model';
import { fitRows, rowLogOdds, type Design } from './fit-churn';

/** A row as a model rated it that had seen neither its account nor its time. */
export interface HeldOut {
  readonly index: number;
  readonly row: ChurnRow;
  readonly weight: number;
  readonly logOdds: number;
}

/** Shares of the decisions after which the learning stops and the testing begins, one after the other. */
const ORIGINS = [0.4, 0.6, 0.8] as const;
/** An outcome is known so many days after the decision. */
const MATURED = 45;
const HALVES = 2;

/**
 * Rolling origin with unseen accounts: learn from what had been decided and matured by a day and from one half of the accounts,
 * rate what the other half decided after it (up to the next origin). Every row is rated at most once.
 */
export function rollingOrigin(design: Design, strength: number): HeldOut[] {
  const days = design.rows.map((row) => row.decisionDay).sort((a, b) => a - b);
  const at = (share: number) => days[Math.min(days.length - 1, Math.floor(share * days.length))] ?? Infinity;
  return ORIGINS.flatMap((share, turn) => {
    const from = at(share);
    const to = turn + 1 < ORIGINS.length ? at(ORIGINS[turn + 1] ?? 1) : Infinity;
    return Array.from({ length: HALVES }, (_, half) => turnOf(design, { from, to, half }, strength)).flat();
  });
}

interface Turn {
  readonly from: number;
  readonly to: number;
  readonly half: number;
}

function turnOf(design: Design, { from, to, half }: Turn, strength: number): HeldOut[] {
  const learn: number[] = [];
  const rate: number[] = [];
  design.rows.forEach((row, index) => {
    const own = halfOf(row) === half;
    if (!own && row.decisionDay + MATURED <= from) learn.push(index);
    if (own && row.decisionDay > from && row.decisionDay <= to) rate.push(index);
  });
  return heldOut(design, learn, rate, strength);
}

function heldOut(design: Design, learn: readonly number[], rate: readonly number[], strength: number): HeldOut[] {
  const outcomes = learn.reduce((sum, i) => sum + (design.rows[i]?.lost ? (design.weights[i] ?? 0) : 0), 0);
  if (outcomes < 1 || rate.length === 0) return [];
  const coefficients = fitRows(design, learn, strength);
  return rate.flatMap((index) => {
    const row = design.rows[index];
    if (!row) return [];
    const logOdds = rowLogOdds(design.columns[index] ?? [], coefficients);
    return [{ index, row, weight: design.weights[index] ?? 1, logOdds }];
  });
}

/**
 * Every row rated by a fit that had not seen its account but, of all times, nearly as many rows as the final fit: what the
 * strength of the prior and the calibration are taken from. A fit on half of the rows would be more overconfident than the
 * one it stands for.
 */
export function acrossAccounts(design: Design, strength: number, folds = 5): HeldOut[] {
  return Array.from({ length: folds }, (_, fold) => {
    const learn: number[] = [];
    const rate: number[] = [];
    design.rows.forEach((row, index) => (partOf(row, folds) === fold ? rate : learn).push(index));
    return heldOut(design, learn, rate, strength);
  }).flat();
}

/** A stable half of the accounts, whatever their order. */
export function halfOf(row: Pick<ChurnRow, 'tenant' | 'account'>): number {
  return partOf(row, HALVES);
}

function partOf({ tenant, account }: Pick<ChurnRow, 'tenant' | 'account'>, parts: number): number {
  let hash = 0;
  for (const char of `${tenant}/${account}`) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) | 0;
  return ((hash ^ (hash >>> 15)) >>> 0) % parts;
}

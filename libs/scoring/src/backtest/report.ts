import type { Canary } from './canary';
import type { Measures } from './measures';

/** Of those lost, how far ahead they had entered the alert set and stayed in it (four days in five) until the decision. */
export interface LeadTime {
  /** Share of the accounts that is alerted on an average day: without it lead time is free. */
  readonly alertShare: number;
  readonly threshold: number;
  readonly lost: number;
  /** Median days ahead, of those caught at all. */
  readonly medianDays: number | null;
  readonly caught: number;
  readonly caught60: number;
  readonly caught90: number;
  /** Of those kept, the share that was alerted in the same window: the false alarms. */
  readonly keptAlerted: number;
}

export interface AlertBurden {
  readonly perCsmAndWeek: number;
  /** New alerts ÷ accounts and year. */
  readonly perAccountYear: number;
  readonly csms: number;
  readonly weeks: number;
}

/** One way of ranking or rating, held against the outcomes. */
export interface PredictorReport {
  readonly name: string;
  /** True where its numbers are probabilities; else only the ranking counts, and calibration is that of a fitted line. */
  readonly isProbability: boolean;
  readonly measures: Measures;
}

export interface GroupReport {
  readonly segment: string;
  readonly contract: string;
  readonly n: number;
  readonly lost: number;
  /** NaN-free: null where one of both outcomes is missing. */
  readonly auc: number | null;
  readonly expected: number;
}

export interface HorizonReport {
  readonly days: number;
  readonly model: PredictorReport;
  readonly baselines: readonly PredictorReport[];
  readonly groups: readonly GroupReport[];
}

/** Where the line between learning and testing was drawn. */
export interface SplitReport {
  /** Decisions before this day taught, decisions from it on tested. */
  readonly day: string;
  readonly trainRenewals: number;
  readonly trainLost: number;
  readonly testRenewals: number;
  readonly testLost: number;
  /** True where no account of the test taught as well. */
  readonly unseenAccounts: boolean;
}

export interface BacktestReport {
  readonly modelVersion: string;
  readonly from: string;
  readonly to: string;
  readonly accounts: number;
  readonly snapshots: number;
  /** Share of the facts whose time of knowledge was stated by an import or assumed, not observed. */
  readonly assumedKnowledge: number;
  /** Absurd facts of the future were added at so many standpoints; a leak = one of them showed. */
  readonly canary: Canary;
  readonly split: SplitReport;
  readonly horizons: readonly HorizonReport[];
  readonly leadTime: LeadTime | null;
  readonly burden: AlertBurden | null;
  /** One honest sentence. */
  readonly verdict: string;
}

/** Told after every account and every stage, so that a page can show a bar and a person can stop it. */
export interface BacktestProgress {
  readonly stage: 'reading' | 'fitting' | 'measuring';
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
}

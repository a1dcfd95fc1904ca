import { isoFromDay, type EpochDay } from '../time/day';

/** What a model expected of a stretch of time beside what came. */
export interface DriftWindow {
  readonly from: string;
  readonly to: string;
  readonly renewals: number;
  readonly expected: number;
  readonly observed: number;
  /** Poisson limits of `observed` if the model were right, 99 % each side. */
  readonly low: number;
  readonly high: number;
  readonly outside: boolean;
}

export interface Drift {
  readonly windows: readonly DriftWindow[];
  /** First day on which the alarm could have been given; null: no drift was found. */
  readonly detectedOn: string | null;
  readonly sentence: string;
}

export interface Rated {
  readonly decisionDay: EpochDay;
  readonly probability: number;
  readonly lost: boolean;
}

const WINDOW_DAYS = 28;
/** Fewer expected losses say nothing. */
const LEAST_EXPECTED = 4;
const TAIL = 0.01;

/**
 * Rolling windows of four weeks (made longer until they expect four losses): observed beside expected, with Poisson limits. Two
 * windows in a row outside on the same side, or one far outside (1 in 10,000), is drift.
 */
export function driftOf(rated: readonly Rated[]): Drift {
  const windows = windowsOf([...rated].sort((a, b) => a.decisionDay - b.decisionDay));
  const alarm = windows.findIndex((one, i) => {
    const before = windows[i - 1];
    const side = Math.sign(one.observed - one.expected);
    const again = before?.outside === true && Math.sign(before.observed - before.expected) === side;
    return one.outside && (again || isFar(one));
  });
  const found = windows[alarm];
  return { windows, detectedOn: found?.to ?? null, sentence: sentenceOf(found) };
}

function windowsOf(rated: readonly Rated[]): DriftWindow[] {
  const windows: DriftWindow[] = [];
  let part: Rated[] = [];
  let expected = 0;
  for (const one of rated) {
    const from = part[0]?.decisionDay ?? one.decisionDay;
    if (one.decisionDay - from >= WINDOW_DAYS && expected >= LEAST_EXPECTED) {
      windows.push(windowOf(part, expected));
      part = [];
      expected = 0;
    }
    part.push(one);
    expected += one.probability;
  }
  if (expected >= LEAST_EXPECTED) windows.push(windowOf(part, expected));
  return windows;
}

function windowOf(part: readonly Rated[], expected: number): DriftWindow {
  const observed = part.filter((one) => one.lost).length;
  const [low, high] = poissonLimits(expected, TAIL);
  const [from, to] = [part[0], part.at(-1)].map((one) => isoFromDay(one?.decisionDay ?? 0));
  const outside = observed < low || observed > high;
  return { from: from ?? '', to: to ?? '', renewals: part.length, expected, observed, low, high, outside };
}

function isFar({ observed, expected }: DriftWindow): boolean {
  const [low, high] = poissonLimits(expected, 0.0001);
  return observed < low || observed > high;
}

/** Counts that a Poisson variable stays between but for `tail` on each side. */
export function poissonLimits(mean: number, tail: number): [low: number, high: number] {
  let term = Math.exp(-mean);
  let below = term;
  let [low, count] = [0, 0];
  while (below < 1 - tail && count < 10 * mean + 100) {
    count++;
    if (below < tail) low = count;
    term *= mean / count;
    below += term;
  }
  return [low, count];
}

function sentenceOf(found: DriftWindow | undefined): string {
  if (!found) return 'Losses came as expected, within chance.';
  const { from, to, observed, expected } = found;
  const more = observed > expected ? 'more' : 'fewer';
  return `From ${from} to ${to} ${observed} were lost where ${expected.toFixed(1)} were expected, ${more} than chance explains: refit.`;
}

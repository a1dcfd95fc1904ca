import { accuracyLines } from './accuracy.domain';
import { bookLine } from './book.domain';
import type { ProofLine } from './line.domain';
import { referenceRows } from './reference-rows.domain';
import { signalLines } from './signals.domain';
import { trapLines } from './traps.domain';

/** Seeds that no curve, weight or threshold was ever tuned on; tuning used `tuneA`, `tuneB` and `reference-…`. */
const hidden = 'hidden-2026';

/** The parts of the proof; each stands alone, so that two can run side by side. Sizes in renewals or accounts. */
const parts: Readonly<Record<string, () => ProofLine[]>> = {
  accuracy: () => accuracyLines(hidden, 'normal', { train: 3_000, test: 10_000 }),
  regimes: () => [
    ...accuracyLines(hidden, 'easy', { train: 1_500, test: 2_500 }),
    ...accuracyLines(hidden, 'hard', { train: 1_500, test: 2_500 }),
  ],
  traps: () => trapLines(hidden, 1_500),
  signals: () => signalLines(hidden, 150, 200),
  book: () => [bookLine('tenure')],
};

/** One JSON line per target of the parts asked for; `reference` gives what reference.json is learned from. */
export function prove(asked: readonly string[]): string[] {
  return asked.flatMap((name) => {
    if (name === 'reference') return referenceRows();
    const part = parts[name];
    if (!part) throw new Error(`--proof takes ${Object.keys(parts).join(', ')}; it was ${name}`);
    return part().map((one) => JSON.stringify(one));
  });
}

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Bench, Surroundings } from './bench';
import type { Line } from './line';

/** Two processes side by side, about as long as each other. */
const shares = ['accuracy,traps', 'signals,book,regimes'] as const;

/**
 * What the score is worth on a population whose truth is known (docs/scoring-proof.md): one line per target. The simulator
 * measures, because only it knows the truth.
 */
export const scoreProof: Bench = async (around) => {
  const main = resolve(__dirname, '../../../simulator/dist/main.js');
  if (!existsSync(main)) throw new Error(`${main} is not there: build first.`);
  await Promise.all(shares.map((parts) => proofOf(around, main, parts)));
};

async function proofOf({ children, print }: Surroundings, main: string, parts: string): Promise<void> {
  const child = children.start(main, { args: ['--proof', parts] });
  for (const text of await child.message<string[]>()) print(JSON.parse(text) as Line);
}

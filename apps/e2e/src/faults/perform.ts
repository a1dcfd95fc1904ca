import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Experiment, Outcome, Trial } from './experiment';
import { Random } from './random';
import type { Stage } from './stage';

/** Where runs are kept: a folder for each. */
export const kept = resolve(__dirname, '../../../../.data/faults');

export interface Run extends Omit<Trial, 'random'> {
  readonly experiment: Experiment;
  readonly seed: number;
}

/** Runs one experiment once; keeps what it was and what came of it in its folder, and where it failed, the logs. */
export async function perform({ experiment, seed, ...run }: Run): Promise<Outcome> {
  mkdirSync(run.folder, { recursive: true });
  await run.stage.asUsual();
  const begun = Date.now();
  const outcome = await experiment.run({ ...run, random: new Random(seed) }).catch(failed);
  const tookMs = Date.now() - begun;
  const about = {
    id: experiment.id,
    title: experiment.title,
    form: run.form,
    seed,
    tookMs,
    at: new Date().toISOString(),
  };
  writeFileSync(join(run.folder, 'verdict.json'), `${JSON.stringify({ ...about, ...outcome }, null, 2)}\n`);
  if (outcome.violations.length > 0) keepLogs(run.stage, run.folder);
  return outcome;
}

/** An experiment that could not be brought to its end proves nothing. */
function failed(error: unknown): Outcome {
  return { violations: [error instanceof Error ? (error.stack ?? error.message) : String(error)], facts: {} };
}

function keepLogs(stage: Stage, folder: string): void {
  for (const service of stage.services) writeFileSync(join(folder, `${service}.log`), stage.stack.logOf(service));
}

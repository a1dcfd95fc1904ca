// The long form of the experiments: --list | ID… [--runs N] [--seed S].
// deploy/local/faults.mjs starts it. Each run has a folder below .data/faults with its ledger, what was read of Tenure,
// and its verdict.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { experimentOf, experiments } from './catalogue';
import type { Outcome } from './experiment';
import { kept, perform } from './perform';
import { Stage } from './stage';

const services = ['gateway', 'ingestion', 'health', 'renewals', 'reporting'] as const;

interface Options {
  readonly ids: readonly string[];
  readonly runs: number;
  readonly seed: number;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const begun = new Date().toISOString().replaceAll(/[:.]/g, '-');
const folderOf = (id: string, seed: number): string => join(kept, `${begun} ${id} ${seed}`);

function options(): Options {
  const { values, positionals } = parseArgs({
    options: {
      runs: { type: 'string', default: '1' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      list: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (values.list) for (const { id, title } of experiments) say(`${id.padEnd(12)} ${title}`);
  const [runs = 0, seed = 0] = [values.runs, values.seed].map(Number);
  if (![runs, seed].every((number) => Number.isInteger(number) && number >= 0))
    throw new Error('--runs and --seed are whole numbers.');
  return { ids: values.list ? [] : positionals, runs, seed };
}

function tell(run: string, seed: number, { violations, facts }: Outcome): void {
  const words = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  say(`${run} seed ${seed}: ${violations.length === 0 ? 'ok' : 'VIOLATED'} ${words.join(' ')}`);
  for (const violation of violations.slice(0, 10)) say(`    ${violation}`);
}

async function runAll({ ids, runs, seed }: Options): Promise<number> {
  const chosen = ids.map(experimentOf);
  const stage = await Stage.start({ services });
  let violated = 0;
  try {
    for (const experiment of chosen) {
      const { id } = experiment;
      let bad = 0;
      for (let run = 0; run < runs; run += 1) {
        const folder = folderOf(id, seed + run);
        const outcome = await perform({ stage, experiment, seed: seed + run, form: 'long', folder });
        tell(`${id} ${run + 1}/${runs}`, seed + run, outcome);
        if (outcome.violations.length > 0) bad += 1;
      }
      say(`${id}: ${bad} of ${runs} runs violated, seeds ${seed} to ${seed + runs - 1}; kept in ${kept}`);
      violated += bad;
    }
  } finally {
    await stage.stop();
  }
  return violated;
}

async function main(): Promise<void> {
  const chosen = options();
  if (chosen.ids.length === 0) return;
  process.exitCode = (await runAll(chosen)) > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

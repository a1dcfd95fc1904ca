// The benchmarks, on the Kafka and the PostgreSQL that TENURE_TEST_INFRA names. Arguments: names of benchmarks (default:
// all), `--profile=FOLDER` for a CPU profile of every process. deploy/local/bench.mjs is how it is started.
import { alertLatency } from './alert-latency.bench';
import type { Bench } from './bench';
import { Children } from './children';
import { fold } from './fold.bench';
import { ingest } from './ingest.bench';
import { print } from './line';
import { numberOption } from './options';
import { memory } from './memory.bench';
import { score } from './score.bench';
import { scoreProof } from './score-proof.bench';

const benches: Readonly<Record<string, Bench>> = {
  ingest,
  fold,
  'alert-latency': alertLatency,
  memory,
  score,
  'score-proof': scoreProof,
};
/** A measurement that hangs is a fault, and must not hang whoever waits for it. */
const longestMs = numberOption('longest', 900) * 1_000;

async function main(): Promise<void> {
  const flag = process.argv.find((argument) => argument.startsWith('--profile='));
  const children = new Children(flag?.slice('--profile='.length));
  const end = async (code: number): Promise<never> => {
    await children.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(1));
  try {
    for (const bench of chosen()) {
      await within(longestMs, bench({ print, children })).catch(failed);
      await children.endAll();
    }
  } catch (error) {
    failed(error);
  }
  await end(process.exitCode === 1 ? 1 : 0);
}

/**
 * A name chooses every benchmark that begins with it or that it begins with: `ingest-batch` is measured by `ingest`, and `score`
 * is both the speed of the score and its proof. The whole name of one chooses it alone.
 */
function chosen(): Bench[] {
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const unknown = wanted.find((word) => !Object.keys(benches).some((name) => word.startsWith(name)));
  if (unknown !== undefined) throw new Error(`There is no ${unknown}; there are ${Object.keys(benches).join(', ')}.`);
  return Object.entries(benches)
    .filter(([name]) => wanted.length === 0 || wanted.some((word) => isMeant(word, name)))
    .map(([, bench]) => bench);
}

function isMeant(word: string, name: string): boolean {
  if (word === name || name.startsWith(`${word}-`)) return true;
  return word.startsWith(name) && !(word in benches);
}

/** The others are measured all the same. */
function failed(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${ms / 1_000} s.`)), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

void main();

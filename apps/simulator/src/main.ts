import { type Options, parseOptions, usage } from './options.config';
import { prove } from './proof/proof.handler';
import { simulate } from './simulate.handler';

const dayMs = 86_400_000;

async function main(): Promise<void> {
  const yesterday = new Date(Date.now() - dayMs).toISOString().slice(0, 10);
  const options = parseOptions(process.argv.slice(2), yesterday);
  if (!options) return console.log(usage);
  if (options.proof.length > 0) return say(prove(options.proof));
  await run(options);
}

/** To the benchmark that started it, else to the terminal. */
function say(lines: string[]): void {
  if (process.send) process.send(lines);
  else for (const one of lines) console.log(one);
}

/** Live play ends well on the first signal, a history cut short does not; a second signal ends the process the hard way. */
async function run(options: Options): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    await simulate(options, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.exitCode = 130;
  }
}

main().catch((error: unknown) => {
  console.error(`simulator: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});

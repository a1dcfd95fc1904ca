// npm run bench: the measurements, on a Kafka and a PostgreSQL of their own. Prints one JSON object per line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './lib/paths.mjs';
import { note, runScript, Trouble } from './lib/say.mjs';
import { withToolchain } from './lib/toolchain.mjs';

const quiet = '--disable-warning=TimeoutNegativeWarning';
const fromSource = ['--conditions=@tenure/source', '-r', '@swc-node/register'];
const main = join(root, 'apps/e2e/src/bench/main.ts');

/** Postgres writes as safely here as in production: a benchmark without fsync would measure nothing. */
async function withInfra(work) {
  const script = join(root, 'deploy/local/infra.mjs');
  const infra = spawn(process.execPath, [quiet, script, '--durable'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(infra, 'exit');
  const [line] = await Promise.race([once(createInterface(infra.stdout), 'line'), gone.then(() => [])]);
  if (!line) throw new Trouble('Kafka and PostgreSQL did not start; the line above says why.');
  try {
    await work(line);
  } finally {
    infra.stdin.end();
    await gone;
  }
}

async function measure(address) {
  const env = { ...process.env, TENURE_TEST_INFRA: address };
  const args = [quiet, ...fromSource, main, ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}

await runScript(() =>
  withToolchain(async () => {
    const { build } = await import('./lib/build.mjs');
    note('Building …');
    const { ok, output } = await build();
    if (!ok) throw new Trouble(`The build failed:\n${output}`);
    await withInfra(measure);
  }),
);

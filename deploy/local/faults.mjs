// npm run faults -- ID… --runs N --seed S: experiments with faults in their long form; `--list` tells the ids.
// Exit code 1 where something was violated.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { note, runScript, say, Trouble } from './lib/say.mjs';
import { withToolchain } from './lib/toolchain.mjs';

const usage = `npm run faults -- --list
npm run faults -- ID… [--runs N] [--seed S]`;

async function experiments(args) {
  const main = join(root, 'apps/e2e/src/faults/main.ts');
  const fromSource = [
    '--disable-warning=TimeoutNegativeWarning',
    '--conditions=@tenure/source',
    '-r',
    '@swc-node/register',
  ];
  const env = { ...process.env, NODE_ENV: 'test' };
  const child = spawn(process.execPath, [...fromSource, main, ...args], { cwd: root, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}

await runScript(() =>
  withToolchain(async () => {
    const args = process.argv.slice(2);
    if (args.length === 0) return say(usage);
    const { build } = await import('./lib/build.mjs');
    if (!args.includes('--list')) {
      note('Building …');
      const { ok, output } = await build();
      if (!ok) throw new Trouble(`The build failed:\n${output}`);
    }
    await experiments(args);
  }),
);

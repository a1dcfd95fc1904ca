import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { exitCodes, Failure } from '../terminal/failure.domain';

/**
 * Runs a service's own program with `args`, as its image does with the same arguments, and tells what it says line by
 * line: only the service knows which of its rows follow from the events. It reads this environment.
 */
export async function runServiceProgram(
  service: string,
  args: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const main = resolve(__dirname, `../../../${service}/dist/main.js`);
  if (!existsSync(main)) throw new Failure(`${main} is not there: build first, or run this in the service’s image.`);
  const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', main, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pass = (signal: NodeJS.Signals) => () => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, pass(signal));
  createInterface(child.stdout).on('line', say);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Failure(`${service} could not do it; it said why above.`, exitCodes.failed);
}

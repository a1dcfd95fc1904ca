import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mainOf } from './build.mjs';
import { logFile } from './paths.mjs';
import { startProgram } from './processes.mjs';
import { Trouble } from './say.mjs';

const marker = (dir) => join(dir, 'demo.json');

/** Where the simulator finds the services, and where it keeps how far it has played. */
const toTheStack = (dir, env) => [
  ...['--demo', '--state', join(dir, 'simulator.json')],
  ...['--ingestion', env.TENURE_INGESTION_URL, '--gateway', env.TENURE_URL],
];

/** Plays the demo in through the public API, once in the life of a data folder; it shows its own progress. */
export async function playDemo(dir, env) {
  if (existsSync(marker(dir))) return;
  const simulator = startProgram({
    name: 'the simulator',
    command: process.execPath,
    args: [mainOf('simulator'), ...toTheStack(dir, env)],
    log: logFile(dir, 'simulator'),
    rank: 3,
    output: 'inherit',
    env,
  });
  const ended = await simulator.exited;
  if (simulator.stopping) return;
  if (simulator.code !== 0)
    throw new Trouble(`The demo could not be played in: the simulator ${ended}, its reason stands above.`);
  writeFileSync(marker(dir), JSON.stringify({ playedAt: new Date().toISOString() }));
}

/** Goes on at a gentle pace, so that there is something to watch. */
export const keepPlaying = (dir, env) =>
  startProgram({
    name: 'the simulator',
    command: process.execPath,
    args: [mainOf('simulator'), ...toTheStack(dir, env), '--live'],
    log: logFile(dir, 'simulator'),
    rank: 3,
    env,
  });

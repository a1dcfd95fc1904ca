import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mainOf } from './build.mjs';
import { logFile } from './paths.mjs';
import { isEnding, startProgram } from './processes.mjs';
import { note, Trouble } from './say.mjs';

const judgedWithinMs = 120_000;

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
  note('Judging the accounts …');
  await judged(env);
}

/**
 * Until Today names somebody: the accounts are judged once their history is in, which takes seconds, on a busy machine
 * a minute. Whoever signs in before sees a customer base that needs nobody. What is late is no reason not to start.
 */
async function judged(env) {
  const headers = { authorization: `Bearer ${env.TENURE_API_KEY}` };
  for (const end = Date.now() + judgedWithinMs; Date.now() < end && !isEnding(); await sleep(500)) {
    const today = await fetch(`${env.TENURE_URL}/api/v1/today`, { headers, signal: AbortSignal.timeout(5000) })
      .then((answer) => answer.json())
      .catch(() => null);
    if (today?.items?.length > 0) return;
  }
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

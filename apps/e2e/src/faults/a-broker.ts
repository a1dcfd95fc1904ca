import { setTimeout as sleep } from 'node:timers/promises';
import type { Door, Posted } from '../client/post';
import { quantile, type Facts, type Trial } from './experiment';
import { accepts, doorOf, probe } from './probe';
import type { Injection } from './under-load';

const restarted = (id: string, title: string, signal: 'SIGTERM' | 'SIGKILL'): Injection => ({
  id,
  title,
  async inject({ stage, random }: Trial) {
    const [door, before] = [doorOf(stage, await stage.probe()), JSON.stringify(stage.pids())];
    await stage.infra.interrupt('kafka', signal);
    await sleep(random.below(1_000));
    await stage.infra.resume('kafka');
    const acceptsAgainMs = await accepts(door);
    const readyAgainMs = acceptsAgainMs + (await stage.ready());
    if (JSON.stringify(stage.pids()) !== before) throw new Error('A service ended because the broker restarted.');
    return { acceptsAgainMs, readyAgainMs };
  },
});

export const brokerRestarted = restarted('A5', 'the broker restarts cleanly', 'SIGTERM');
export const brokerKilled = restarted('A6', 'kill -9 of the broker, which starts again', 'SIGKILL');

/** The network to the broker is away: nobody is told 2xx, everybody is told when to come back, and at once. */
const absent = (id: string, title: string, way: 'cut' | 'silence'): Injection => ({
  id,
  title,
  async inject({ stage, form }: Trial) {
    const [door, before] = [doorOf(stage, await stage.probe()), JSON.stringify(stage.pids())];
    await accepts(door);
    stage.broker[way]();
    const answers = await probing(door, form === 'short' ? 1_500 : 20_000).finally(() => stage.broker.restore());
    mustBeRefused(answers, form);
    const acceptsAgainMs = await accepts(door);
    await stage.ready();
    if (JSON.stringify(stage.pids()) !== before) throw new Error('A service ended because the broker was away.');
    return { ...timesOf(answers), acceptsAgainMs };
  },
});

export const brokerUnreachable = absent('A7', 'the broker cannot be reached', 'cut');
export const brokerSilent = absent('A9', 'the broker is connected and never answers', 'silence');

async function probing(door: Door, ms: number): Promise<Posted[]> {
  const answers: Posted[] = [];
  const until = Date.now() + ms;
  while (Date.now() < until) {
    answers.push(...(await Promise.all([probe(door), probe(door)])));
    await sleep(50);
  }
  return answers;
}

/** The promise is a second; in the short form the rest of it is the patience of a busy machine. */
function mustBeRefused(answers: readonly Posted[], form: Trial['form']): void {
  const longestMs = form === 'short' ? 60_000 : 1_000;
  const wrong = answers.find(({ status, retryAfterS, ms }) => status !== 503 || !(retryAfterS > 0) || ms > longestMs);
  if (wrong) throw new Error(`With the broker away a call was answered ${JSON.stringify(wrong)}.`);
}

function timesOf(answers: readonly Posted[]): Facts {
  const times = answers.map(({ ms }) => ms);
  return { refused: answers.length, refusedP50Ms: quantile(times, 0.5), refusedMaxMs: Math.max(...times) };
}

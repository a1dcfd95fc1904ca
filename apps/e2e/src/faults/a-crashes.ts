import { setTimeout as sleep } from 'node:timers/promises';
import { crashBetweenSendAndCommit, crashSometime, holdRelay } from '../client/crash';
import type { Trial } from './experiment';
import type { Injection } from './under-load';

/** SIGKILL of the processes that events go through, at any moment, and of the relay at its worst one. */
export const killed: Injection = {
  id: 'A1',
  title: 'kill -9 of ingestion and of health, and of its relay between send and commit',
  async inject({ stage: { stack }, random }: Trial) {
    const begun = Date.now();
    const health = async () => {
      await crashSometime(stack, 'health', random.next);
      await crashBetweenSendAndCommit(stack);
    };
    await Promise.all([crashSometime(stack, 'ingestion', random.next), health()]);
    return { recoveredMs: Date.now() - begun };
  },
  hit: ({ unknown, republished }) => unknown > 0 && republished > 0,
};

/** The database restarts; the processes stay. */
export const postgresRestarted: Injection = {
  id: 'A11',
  title: 'Postgres restarts (fast shutdown)',
  async inject({ stage, random }: Trial) {
    const before = JSON.stringify(stage.pids());
    await stage.infra.interrupt('postgres', 'SIGINT');
    await sleep(300 + random.below(700));
    await stage.infra.resume('postgres');
    const recoveredMs = await stage.ready();
    if (JSON.stringify(stage.pids()) !== before) throw new Error('A service ended because its database restarted.');
    return { recoveredMs };
  },
};

/** kill -9 of the one backend that holds the relay's lock: Postgres then ends all the others too, and recovers. */
export const relayBackendKilled: Injection = {
  id: 'A12',
  title: 'kill -9 of the Postgres backend that holds the lock on the outbox',
  async inject({ stage }: Trial) {
    const before = JSON.stringify(stage.pids());
    await holdRelay(stage.stack, (backend) => process.kill(backend, 'SIGKILL'));
    const recoveredMs = await stage.ready();
    if (JSON.stringify(stage.pids()) !== before) throw new Error('A service ended because a backend was killed.');
    return { recoveredMs };
  },
  hit: ({ republished }) => republished > 0,
};

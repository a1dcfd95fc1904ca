import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { backAgain } from '../client/crash';
import type { Door } from '../client/post';
import { TcpBalancer } from '../client/tcp-balancer';
import { unless, type Experiment, type Outcome, type Trial } from './experiment';
import type { Stage } from './stage';

/** What a client saw of one call. A reset is a connection that ended without any answer; it was tried once more. */
interface Seen {
  readonly status: number | 'reset';
  readonly again?: number | 'reset';
  readonly body: string;
}

/** Two processes of ingestion behind a balancer that knows nothing of HTTP are asked to end, one after the other. */
export const rollingRestart: Experiment = {
  id: 'A4',
  title:
    'SIGTERM of two ingestion processes in turn behind a plain TCP balancer: no failed call but a reset, tried again',
  async run({ stage, form }: Trial): Promise<Outcome> {
    const { writeKey } = await stage.probe();
    let targets = [stage.stack.urls.ingestion, (await stage.twin('ingestion')).url];
    const balancer = await TcpBalancer.before(() => targets);
    const seen: Seen[] = [];
    const sending = new AbortController();
    const lanes = Array.from({ length: 8 }, () => lane({ url: balancer.url, writeKey }, sending.signal, seen));
    try {
      for (let round = 0; round < (form === 'short' ? 1 : 3); round += 1) {
        await restart(stage);
        await stage.withoutTwin('ingestion');
        if (form === 'long') targets = [stage.stack.urls.ingestion, (await stage.twin('ingestion')).url];
        await sleep(300);
      }
    } finally {
      sending.abort();
      await Promise.all(lanes);
      await balancer.stop();
    }
    return outcomeOf(seen);
  },
};

/** SIGTERM; whoever supervises the process starts it again. */
async function restart(stage: Stage): Promise<void> {
  const pid = stage.stack.pidOf('ingestion');
  process.kill(pid, 'SIGTERM');
  await backAgain(stage.stack, 'ingestion', pid);
}

function outcomeOf(seen: readonly Seen[]): Outcome {
  const resets = seen.filter(({ status }) => status === 'reset');
  const failed = seen.filter(({ status, again }) => (status === 'reset' ? again !== 200 : status !== 200));
  const violations = failed.map(
    ({ status, again, body }) => `a call ended ${status}, then ${again ?? 'nothing'}: ${body}`,
  );
  const flowed = unless(seen.length > 100, `only ${seen.length} calls were made`);
  return { violations: [...violations, ...flowed], facts: { calls: seen.length, resets: resets.length } };
}

/** A client with a kept connection, which sends its next call as soon as the last one is answered. */
async function lane(door: Door, until: AbortSignal, seen: Seen[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  while (!until.aborted) {
    const first = await call(door, agent);
    const again = first.status === 'reset' ? (await call(door, agent)).status : undefined;
    seen.push({ ...first, ...(again === undefined ? {} : { again }) });
    await sleep(5);
  }
  agent.destroy();
}

let called = 0;

async function call({ url, writeKey }: Door, agent: Agent): Promise<Seen> {
  called += 1;
  const body = { messageId: `roll-${called}`, userId: 'u', event: 'Rolled', context: { groupId: 'probes' } };
  const headers = { 'content-type': 'application/json', authorization: `Basic ${btoa(`${writeKey}:`)}` };
  const outgoing = request(`${url}/v1/track`, { method: 'POST', agent, headers });
  outgoing.end(JSON.stringify(body));
  try {
    const [answer] = (await once(outgoing, 'response')) as [import('node:http').IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return { status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8').slice(0, 200) };
  } catch (error) {
    return { status: 'reset', body: String(error) };
  }
}

import { topics, type UsageBody } from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import type { Message } from 'kafkajs';
import { DirectProducer, recordOf } from '../client/direct-producer';
import type { Tenant } from '../client/tenant';
import { unless, type Experiment, type Outcome, type Trial } from './experiment';
import type { Stage } from './stage';

const account = 'globex';

/** Events that pass every check of the log and that no database takes: the handler fails each time it tries them. */
export const poison: Experiment = {
  id: 'B7',
  title: 'one poisoned event among hundreds of good ones, a replay of it, and the good ones are all counted',
  run: (trial) => amongGood(trial, poisoned, true),
};

/** What is no event at all, or none that anybody knows. */
export const undecodable: Experiment = {
  id: 'B8',
  title: 'undecodable bytes, other schema versions, unknown types, foreign tenants and wrong partitions on the topics',
  run: (trial) => amongGood(trial, foreign, false),
};

interface Bad {
  readonly topic: string;
  readonly message: Message;
}

/** NUL and half a surrogate pair are JSON, and no text of PostgreSQL's. */
function poisoned(tenant: string, round: number): Bad[] {
  const ticket = { accountId: account, ticketId: `t-${round}`, change: 'opened', status: 'open', priority: 'low' };
  return ['a\u0000b', 'a\ud800b'].map((text, at) => ({
    topic: topics.ticketEvents.name,
    message: recordOf(tenant, 'ticket.changed', `poison-${round}-${at}`, { ...ticket, extra: { note: text } } as never),
  }));
}

function foreign(tenant: string, round: number): Bad[] {
  const good = recordOf(tenant, 'usage.recorded', `odd-${round}`, { accountId: account, event: 'Odd' } as never);
  const envelope = JSON.parse(String(good.value)) as Record<string, unknown>;
  const changed = (change: object): Message => ({ ...good, value: JSON.stringify({ ...envelope, ...change }) });
  const values: Message[] = [
    { ...good, value: Buffer.from([0xff, 0xfe, 0x00, 0x80]) },
    { ...good, value: '' },
    { ...good, value: null },
    { ...good, value: '[]' },
    { ...good, value: `${'['.repeat(5_000)}${']'.repeat(5_000)}` },
    { ...good, key: null },
    changed({ type: 'tenure.usage.recorded.v9' }),
    changed({ type: 'com.example.something' }),
    changed({ type: 'tenure.ticket.changed.v1' }),
    changed({ tenantid: 'somebody-else' }),
    changed({ time: 'yesterday' }),
    changed({ data: { accountId: account, event: 'Odd', quantity: -1 } }),
    { ...good, partition: otherPartition(round) },
  ];
  return values.map((message) => ({ topic: topics.usageEvents.name, message }));
}

/** One of the twelve that `account` does not lead to: at most one of two neighbours can be its own. */
const otherPartition = (round: number): number => round % 12;

async function amongGood(
  { stage, form, random }: Trial,
  badOf: (tenant: string, round: number) => Bad[],
  replayed: boolean,
): Promise<Outcome> {
  const tenant = await stage.tenant();
  const pid = stage.stack.pidOf('health');
  const producer = await DirectProducer.connect(stage.stack.brokers);
  const rounds = form === 'short' ? 2 : 20;
  const before = await letters(stage);
  let bad = 0;
  const begun = Date.now();
  for (let round = 0; round < rounds; round += 1) {
    const wrong = badOf(tenant.id, round);
    bad += wrong.length;
    const good = Array.from({ length: 100 }, (_, at): Bad => goodOf(tenant.id, round * 100 + at));
    const mixed = random.shuffled([...good, ...wrong]);
    for (const topic of new Set(mixed.map((each) => each.topic)))
      await producer.send(
        topic,
        mixed.filter((each) => each.topic === topic).map((each) => each.message),
      );
  }
  await producer.disconnect();
  await counted(tenant, rounds * 100);
  const countedMs = Date.now() - begun;
  const kept = await eventually(async () => mustReach((await letters(stage)) - before, bad)).catch(
    async () => (await letters(stage)) - before,
  );
  const redriven = replayed ? await replay(stage) : '';
  return {
    violations: [
      ...unless(kept === bad, `${kept} dead letters for ${bad} bad records`),
      ...unless(stage.stack.pidOf('health') === pid, 'health ended because of a bad record'),
      ...unless((await countOf(tenant)) === rounds * 100, `${await countOf(tenant)} of ${rounds * 100} are counted`),
    ],
    facts: { good: rounds * 100, bad, deadLetters: kept, countedMs, ...(replayed ? { replay: redriven } : {}) },
  };
}

function goodOf(tenant: string, number: number): Bad {
  const data = { accountId: account, userId: 'u', event: 'Viewed' };
  return { topic: topics.usageEvents.name, message: recordOf(tenant, 'usage.recorded', `good-${number}`, data) };
}

async function countOf(tenant: Tenant): Promise<number> {
  const { body } = await tenant.get<UsageBody>(`/api/v1/accounts/${account}/usage`);
  return (body.days ?? []).reduce((sum, { events }) => sum + events, 0);
}

const counted = (tenant: Tenant, wanted: number): Promise<unknown> =>
  eventually(async () => mustReach(await countOf(tenant), wanted)).catch(() => undefined);

function mustReach(now: number, wanted: number): number {
  if (now < wanted) throw new Error(`${now} of ${wanted}`);
  return now;
}

/** Of all tenants: a record that names none belongs to nobody. */
async function letters(stage: Stage): Promise<number> {
  const [row] = await stage.query<{ n: number }>('health', 'select count(*)::int as n from system.dead_letters');
  return row?.n ?? 0;
}

/** A poisoned event that is tried again is still poison: it stays a letter, and nothing is lost. */
async function replay(stage: Stage): Promise<string> {
  const before = await letters(stage);
  await stage.stack.tenure('dead-letters', 'replay', '--service', 'health', '--all').catch(() => undefined);
  const now = await letters(stage);
  if (now < before) throw new Error(`A replay lost dead letters: ${before}, then ${now}.`);
  return `${now} letters stay`;
}

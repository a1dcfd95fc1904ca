import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, type ServiceName, type TestStack } from '@tenure/testing';
import { Client } from 'pg';

/** The lock under which one relay publishes at a time (libs/platform/src/outbox/outbox-relay.ts). */
const relayLock = 7_303_015;
const patient = { timeoutMs: 120_000, everyMs: 20 };

/** SIGKILL: no handler runs, nothing is said to Kafka or Postgres. */
export function crash(stack: TestStack, service: ServiceName): void {
  process.kill(stack.pidOf(service), 'SIGKILL');
}

/** Waits until another process than `pid` is the service, and it is ready. */
export async function backAgain(stack: TestStack, service: ServiceName, pid: number): Promise<void> {
  await eventually(
    async () => {
      if (stack.pidOf(service) === pid) throw new Error(`${service} was not started again.`);
      const { status } = await fetch(`${stack.urls[service]}/health/ready`);
      if (status !== 200) throw new Error(`${service} is not ready: ${status}`);
    },
    { timeoutMs: 120_000, everyMs: 100 },
  );
}

/** Kills the service at a moment of no choosing, and waits until it works again. */
export async function crashSometime(stack: TestStack, service: ServiceName, random: () => number): Promise<void> {
  await sleep(300 + random() * 900);
  const pid = stack.pidOf(service);
  crash(stack, service);
  await backAgain(stack, service, pid);
}

/** Kills health in the worst moment of its relay: Kafka has the outbox's rows and the deletion of them is not committed. */
export async function crashBetweenSendAndCommit(stack: TestStack): Promise<void> {
  const pid = stack.pidOf('health');
  await holdRelay(stack, () => crash(stack, 'health'));
  await backAgain(stack, 'health', pid);
}

/**
 * Does something while health's relay has sent rows and stands before the deletion of them. To hit that moment every
 * time, the relay is kept out until there are rows, and then held at the deletion by a lock on them.
 * @param work gets the process id of the relay's Postgres backend
 */
export async function holdRelay(stack: TestStack, work: (backend: number) => void): Promise<void> {
  const [gate, holder] = await Promise.all([healthDatabase(stack), healthDatabase(stack)]);
  try {
    await eventually(() => one(gate, `select 1 where pg_try_advisory_lock(${relayLock})`), { ...patient, everyMs: 5 });
    await eventually(() => one(holder, 'select 1 from system.outbox limit 1'), patient);
    await holder.query('begin');
    await holder.query('select id from system.outbox for update');
    await gate.query('select pg_advisory_unlock_all()');
    const waits = `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'delete from system.outbox%'`;
    const { pid } = await eventually(() => one<{ pid: number }>(gate, waits), patient);
    work(pid);
    // What was done may have ended these connections with all the others.
    await holder.query('rollback').catch(() => undefined);
  } finally {
    await Promise.all([gate.end(), holder.end()].map((end) => end.catch(() => undefined)));
  }
}

async function healthDatabase(stack: TestStack): Promise<Client> {
  const url = new URL(stack.postgresUrl);
  url.pathname = '/tenure_health';
  const client = new Client(url.href);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function one<Row extends object>(client: Client, query: string): Promise<Row> {
  const { rows } = await client.query<Row>(query);
  if (rows[0] === undefined) throw new Error(`Nothing yet: ${query}`);
  return rows[0];
}

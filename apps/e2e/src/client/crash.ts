import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, type ServiceName, type TestStack } from '@tenure/testing';
import { Client } from 'pg';

/** The lock under which one relay publishes at a time (libs/platform/src/outbox/outbox-relay.ts). */
const relayLock = 7_303_015;

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
    { timeoutMs: 45_000, everyMs: 100 },
  );
}

/** Kills the service at a moment of no choosing, and waits until it works again. */
export async function crashSometime(stack: TestStack, service: ServiceName): Promise<void> {
  await sleep(300 + Math.random() * 900);
  const pid = stack.pidOf(service);
  crash(stack, service);
  await backAgain(stack, service, pid);
}

/**
 * Kills health in the worst moment of its relay: Kafka has the outbox's rows and the deletion of them is not committed.
 * To hit it every time, the relay is kept out until there are rows, and then held at the deletion by a lock on them.
 */
export async function crashBetweenSendAndCommit(stack: TestStack): Promise<void> {
  const url = new URL(stack.postgresUrl);
  url.pathname = '/tenure_health';
  const [gate, holder] = [new Client(url.href), new Client(url.href)];
  await Promise.all([gate.connect(), holder.connect()]);
  const pid = stack.pidOf('health');
  try {
    await eventually(() => mustFind(gate, `select 1 where pg_try_advisory_lock(${relayLock})`), { everyMs: 5 });
    await eventually(() => mustFind(holder, 'select 1 from system.outbox limit 1'), { timeoutMs: 20_000, everyMs: 20 });
    await holder.query('begin');
    await holder.query('select id from system.outbox for update');
    await gate.query('select pg_advisory_unlock_all()');
    const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'delete from system.outbox%'`;
    await eventually(() => mustFind(gate, waits), { timeoutMs: 20_000, everyMs: 10 });
    crash(stack, 'health');
    await holder.query('rollback');
  } finally {
    await Promise.all([gate.end(), holder.end()]);
  }
  await backAgain(stack, 'health', pid);
}

async function mustFind(client: Client, query: string): Promise<void> {
  const { rowCount } = await client.query(query);
  if (rowCount === 0) throw new Error(`Nothing yet: ${query}`);
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '../database/database';
import { Notifications } from '../database/notifications';
import { DueSweeper } from '../due/due-sweeper';
import { ErasureSweeper } from '../erasure/erasure-sweeper';
import { Readiness } from '../http/readiness';
import { Jobs } from '../jobs/jobs';
import { ConsumerRegistry } from '../messaging/consumer-registry';
import { ConsumerState } from '../messaging/consumer-state';
import { DeadLetterReplayer } from '../messaging/dead-letter-replayer';
import { KafkaStrategy } from '../messaging/kafka.strategy';
import { Producer } from '../messaging/producer';
import { OutboxRelay } from '../outbox/outbox-relay';

/** One part that is started and stopped; the list of them is the order of both. */
export interface ServicePart {
  readonly name: string;
  start(): void | Promise<unknown>;
  stop(): void | Promise<unknown>;
}

/**
 * The parts between the database and HTTP, in the order in which they start; they stop in the reverse. Consumers come
 * last and stop first, because what they apply feeds all the others.
 */
export function serviceParts(app: NestFastifyApplication): ServicePart[] {
  const notifications = app.get(Notifications);
  const producer = app.get(Producer);
  const relay = app.get(OutboxRelay);
  const jobs = app.get(Jobs);
  const sweeper = app.get(DueSweeper);
  const replayer = app.get(DeadLetterReplayer);
  const registry = app.get(ConsumerRegistry);
  const erasures = app.get(ErasureSweeper);
  return [
    { name: 'notifications', start: () => notifications.start(), stop: () => notifications.stop() },
    { name: 'producer', start: () => producer.start(), stop: () => producer.stop() },
    { name: 'jobs', start: () => jobs.start(), stop: () => jobs.stop() },
    { name: 'due sweeper', start: () => sweeper.start(), stop: () => sweeper.stop() },
    { name: 'outbox relay', start: () => relay.start(), stop: () => relay.stop() },
    {
      name: 'dead letter replayer',
      start: () => replayer.start(registry.registrations()),
      stop: () => replayer.stop(),
    },
    { name: 'erasure sweeper', start: () => erasures.start(), stop: () => erasures.stop() },
    { name: 'consumers', start: () => app.startAllMicroservices(), stop: () => app.get(KafkaStrategy).close() },
  ];
}

/** What a replay needs: nothing is due, nothing is published, no jobs. */
export function rebuildParts(app: NestFastifyApplication): ServicePart[] {
  const names = new Set(['notifications', 'consumers']);
  return serviceParts(app).filter((part) => names.has(part.name));
}

/** Tells the readiness registry about the machinery. */
export function registerReadiness(app: NestFastifyApplication): void {
  const readiness = app.get(Readiness);
  const database = app.get(Database);
  const [consumers, producer, relay] = [app.get(ConsumerState), app.get(Producer), app.get(OutboxRelay)];
  readiness.register('database', async () => {
    await database.system((tx) => tx.query('select 1'));
    return { ok: true };
  });
  readiness.register('consumers', () => consumers.check());
  readiness.register('producer', () => producer.check());
  readiness.register('outbox', () => relay.check());
}

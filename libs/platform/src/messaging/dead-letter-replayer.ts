import { Injectable } from '@nestjs/common';

import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { Notifications } from '../database/notifications';
import { ErasedPeople } from '../erasure/erased-people';
import { Logger } from '../logging/logger';
import type { Registration } from './consumer-registry';
import { DeadLettersRepository, failureOf, type StoredDeadLetter } from './dead-letters.repository';
import { KafkaClient } from './kafka-client';
import { decode, type DecodedRecord, type EventRecord, isBad } from './record';
import { passes } from './run-applier';
import { SeenIdsRepository } from './seen-ids.repository';

const lookEveryMs = 5_000;
const atOnce = 50;

/** The stores a replay writes to. */
@Injectable()
export class ReplayStores {
  constructor(
    readonly database: Database,
    readonly letters: DeadLettersRepository,
    readonly seenIds: SeenIdsRepository,
    readonly notifications: Notifications,
    readonly erased: ErasedPeople,
  ) {}
}

/** Applies dead letters that somebody asked to replay. They re-enter the method, not the topic: nobody else sees them twice. */
@Injectable()
export class DeadLetterReplayer {
  private timer: NodeJS.Timeout | undefined;
  private unsubscribe: () => void = () => undefined;
  private current: Promise<void> = Promise.resolve();
  private busy = false;

  constructor(
    private readonly stores: ReplayStores,
    private readonly client: KafkaClient,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  start(registrations: ReadonlyMap<string, Registration>): void {
    const look = (): void => {
      if (this.busy) return;
      this.busy = true;
      this.current = this.look(registrations)
        .catch((error: unknown) => this.logger.warn('Dead letters could not be replayed yet', { err: error }))
        .finally(() => (this.busy = false));
    };
    this.unsubscribe = this.stores.notifications.on('tenure_dead_letters', look);
    this.timer = setInterval(look, lookEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.unsubscribe();
    await this.current;
  }

  private async look(registrations: ReadonlyMap<string, Registration>): Promise<void> {
    const letters = await this.stores.database.system((tx) =>
      this.stores.letters.requested(tx, this.client.group, atOnce),
    );
    for (const letter of letters) {
      const registration = registrations.get(letter.topic);
      if (registration) await this.replay(letter, registration);
    }
  }

  private async replay(letter: StoredDeadLetter, registration: Registration): Promise<void> {
    const { topic, partition } = letter;
    const record = decode(letter.record, { topic, partition, partitions: registration.topic.partitions });
    try {
      if (isBad(record)) throw new StillBad(record.reason);
      await this.apply(letter, record, registration);
    } catch (error) {
      if (passes(error)) throw error;
      await this.refuse(letter, record, error);
    }
  }

  private apply(letter: StoredDeadLetter, record: EventRecord, registration: Registration): Promise<void> {
    return this.stores.database.write([record.envelope.tenantid], async (tx) => {
      if (!(await this.stores.letters.replayed(tx, letter.id, this.clock.now()))) return;
      const fresh = await this.stores.seenIds.claim(tx, [record]);
      if (fresh.records.length === 0) return;
      const events = await this.stores.erased.scrub(tx, [record.envelope]);
      await registration.apply(events as never, {
        tx,
        topic: letter.topic,
        partition: letter.partition,
        replay: true,
        now: this.clock.now(),
        heartbeat: () => Promise.resolve(),
      });
    });
  }

  private async refuse(letter: StoredDeadLetter, record: DecodedRecord, error: unknown): Promise<void> {
    const { code, reason } = failureOf(record, error);
    await this.stores.database.system((tx) => this.stores.letters.failedAgain(tx, letter.id, code, reason));
  }
}

class StillBad extends Error {
  override readonly name = 'StillBad';
}

import { setTimeout as sleep } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { Consumer, ConsumerCrashEvent, ConsumerGroupJoinEvent, EachBatchPayload } from 'kafkajs';

import { ServiceConfig } from '../config/service.config';
import { Logger } from '../logging/logger';
import { ConsumerRegistry, type Registration } from './consumer-registry';
import { ConsumerState } from './consumer-state';
import { KafkaClient } from './kafka-client';
import { PartitionConsumer } from './partition-consumer';
import { type Control, PartitionPositions } from './partition-positions';
import { isPassing } from './passing-trouble';
import { RebuildOrder } from './rebuild-order';
import { TopicProvisioner } from './topic-provisioner';

const resetLookMs = 2_000;
const commitEveryMs = 1_000;
const joinAgainMs = 1_000;

/** What the strategy is made of; a token of its own keeps the constructor short. */
@Injectable()
export class ConsumerParts {
  constructor(
    readonly registry: ConsumerRegistry,
    readonly provisioner: TopicProvisioner,
    readonly positions: PartitionPositions,
    readonly partitions: PartitionConsumer,
    readonly state: ConsumerState,
  ) {}
}

/**
 * The transport of a service: one consumer in the group `tenure.<service>` over all topics that its providers consume.
 * Nest's own Kafka transport was measured to block a partition for good on a throwing handler and to lose the cause.
 */
@Injectable()
export class KafkaStrategy extends Server implements CustomTransportStrategy {
  private consumer: Consumer | undefined;
  private timers: NodeJS.Timeout[] = [];
  private readonly paused = new Set<string>();
  private assignment: Promise<void> = Promise.resolve();
  private closing = false;
  /** Called when the consumer died for good; the process ends then, for a silent consumer is worse than none. */
  onDead: (error: Error) => void = () => undefined;

  constructor(
    private readonly parts: ConsumerParts,
    private readonly client: KafkaClient,
    private readonly config: ServiceConfig,
    private readonly log: Logger,
    private readonly order: RebuildOrder,
  ) {
    super();
  }

  /** Provisions the topics, joins the group and starts to consume; while Kafka is away it waits for it. */
  listen(started: (error?: unknown) => void): void {
    this.start().then(
      () => started(),
      (error: unknown) => started(error),
    );
  }

  async close(): Promise<void> {
    this.closing = true;
    for (const timer of this.timers) clearInterval(timer);
    this.parts.state.left('stopping');
    await this.consumer?.disconnect();
    await this.assignment.catch(() => undefined);
  }

  on(): never {
    throw new Error('This transport has no events of its own.');
  }

  unwrap<T>(): T {
    return this.consumer as T;
  }

  private async start(): Promise<void> {
    await this.join();
    if (this.parts.registry.registrations().size === 0) return;
    this.timers = [
      setInterval(() => void this.lookForResets(), resetLookMs),
      setInterval(() => void this.commitForDisplays(), commitEveryMs),
    ];
  }

  /** Kafka may be away for as long as it likes: what needs no consumer (answers, also 503s) goes on in this process. */
  private async join(): Promise<void> {
    for (;;) {
      try {
        return await this.tryToJoin();
      } catch (error) {
        if (this.closing || !isPassing(error)) throw error;
        this.parts.state.left('a dependency is away');
        this.log.warn('The consumer cannot join yet', { err: error });
        await this.consumer?.disconnect().catch(() => undefined);
        await sleep(joinAgainMs);
      }
    }
  }

  private async tryToJoin(): Promise<void> {
    const registrations = this.parts.registry.registrations();
    await this.parts.provisioner.provision([...registrations.values()].map((each) => each.topic));
    if (registrations.size === 0) return this.parts.state.assigned([]);
    const consumer = this.client.kafka({ retries: 10, initialRetryTime: 300 }).consumer({
      groupId: this.client.groupOnBroker,
      sessionTimeout: this.config.sessionTimeoutMs,
      heartbeatInterval: this.config.heartbeatMs,
      rebalanceTimeout: this.config.rebalanceTimeoutMs,
      maxWaitTimeInMs: 100,
      maxBytesPerPartition: 2 * 1024 * 1024,
    });
    this.consumer = consumer;
    this.watch(consumer);
    await consumer.connect();
    await consumer.subscribe({
      topics: [...registrations.keys()].map((topic) => this.client.onBroker(topic)),
      fromBeginning: true,
    });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: Math.max(1, Math.min(4, this.config.databasePoolSize - 4)),
      eachBatch: async (payload) => {
        if (!this.isLeft(consumer)) await this.batch(payload, registrations);
      },
    });
  }

  private async batch(payload: EachBatchPayload, registrations: ReadonlyMap<string, Registration>): Promise<void> {
    const topic = this.client.fromBroker(payload.batch.topic);
    const registration = registrations.get(topic);
    if (this.order.postpones(topic, payload)) return;
    if (registration) await this.parts.partitions.consume(payload, registration, this.control);
  }

  private watch(consumer: Consumer): void {
    consumer.on(consumer.events.GROUP_JOIN, (event: ConsumerGroupJoinEvent) => {
      if (this.isLeft(consumer)) return;
      const assigned = Object.entries(event.payload.memberAssignment);
      const byTopic = Object.fromEntries(assigned.map(([topic, list]) => [this.client.fromBroker(topic), list]));
      this.paused.clear();
      this.assignment = this.parts.positions
        .assign(byTopic, this.control)
        .catch((error: unknown) => this.failed(consumer, error));
    });
    consumer.on(consumer.events.CRASH, (event: ConsumerCrashEvent) => {
      const { error, restart } = event.payload;
      // kafkajs starts it again after what passes (a coordinator that is still loading, a broker that went away).
      if (restart) return this.log.warn('The consumer starts again', { err: error });
      void this.failed(consumer, error);
    });
  }

  /**
   * A consumer that was given up can still finish a start of its own and join the group beside its successor: its share of
   * the partitions would be read by nobody. It is sent away again.
   */
  private isLeft(consumer: Consumer): boolean {
    if (this.consumer === consumer) return false;
    void consumer.disconnect().catch(() => undefined);
    return true;
  }

  /**
   * Begins anew with what passes: kafkajs also gives up on a coordinator that is not found, and an assignment needs both
   * Kafka and the database. Anything else ends the process.
   */
  private async failed(consumer: Consumer, error: unknown): Promise<void> {
    if (this.closing || this.consumer !== consumer) return;
    this.log.warn('The consumer failed', { err: error });
    if (!isPassing(error)) return this.died(error);
    this.consumer = undefined;
    this.parts.state.left('a dependency is away');
    await consumer.disconnect().catch(() => undefined);
    await sleep(joinAgainMs);
    await this.join().catch((failure: unknown) => this.closing || this.died(failure));
  }

  private died(error: unknown): void {
    this.parts.state.left('the consumer died');
    this.onDead(error instanceof Error ? error : new Error(String(error)));
  }

  private readonly control: Control = {
    seek: (topic, partition, offset) =>
      this.consumer?.seek({ topic: this.client.onBroker(topic), partition, offset: offset.toString() }),
    pause: (topic, partition) => {
      this.paused.add(`${topic}\n${partition}`);
      this.consumer?.pause([{ topic: this.client.onBroker(topic), partitions: [partition] }]);
    },
    resume: (topic, partition) => {
      this.paused.delete(`${topic}\n${partition}`);
      this.consumer?.resume([{ topic: this.client.onBroker(topic), partitions: [partition] }]);
    },
  };

  /** A stopped partition is read again once an operator asked for it. */
  private async lookForResets(): Promise<void> {
    for (const each of this.paused) {
      const [topic = '', number = ''] = each.split('\n');
      const partition = Number(number);
      try {
        if (!(await this.parts.positions.resetRequested(topic, partition))) continue;
        const position = await this.parts.positions.retake(topic, partition);
        if (position.kind !== 'read') continue;
        this.control.seek(topic, partition, position.from);
        this.control.resume(topic, partition);
      } catch (error) {
        this.log.warn(`${topic}/${partition} could not be reset yet`, { err: error });
      }
    }
  }

  /** Kafka's committed offsets only feed lag displays, so a failure here is of no consequence. */
  private async commitForDisplays(): Promise<void> {
    const offsets = await this.parts.positions.committable().catch(() => []);
    if (offsets.length === 0) return;
    const onBroker = offsets.map((each) => ({ ...each, topic: this.client.onBroker(each.topic) }));
    await this.consumer?.commitOffsets(onBroker).catch(() => undefined);
  }
}

import { Injectable } from '@nestjs/common';
import type { Envelope, Topic } from '@tenure/contracts';

import { ServiceConfig } from '../config/service.config';
import { Problem } from '../errors/problem';
import { Logger } from '../logging/logger';
import { KafkaClient } from './kafka-client';
import { countSent, currentTraceparent, producedHeaders } from './messaging-telemetry';
import { ProducerConnection } from './producer-connection';
import { encodeHeaders, sizeOf, type WireRecord } from './producer-encoding';

/** A record to send: an envelope, or a value that is already encoded. */
export type OutgoingRecord =
  | { readonly topic: Topic; readonly key: string; readonly envelope: Envelope }
  | {
      readonly topic: Topic;
      readonly key: string;
      readonly value: string | Buffer;
      readonly headers?: Readonly<Record<string, string>>;
      /** The record's time, which is the time of receipt. */
      readonly timestamp?: Date;
    };

interface Waiting {
  readonly records: readonly WireRecord[];
  readonly bytes: number;
  readonly since: number;
  settle(error?: unknown): void;
}

const watchMs = 100;
const queueLimitBytes = 64 * 1024 * 1024;
const requestLimitBytes = 4 * 1024 * 1024;
const retryAfterSeconds = 2;

/**
 * Sends records with acks=all and resolves once Kafka has them all. What queues during one send goes into the next, so
 * many small requests share few round trips without a timer. Kafka away: every caller is told within a second.
 */
@Injectable()
export class Producer {
  private readonly kafka: ProducerConnection;
  private queue: Waiting[] = [];
  private inFlight: Waiting[] = [];
  private queuedBytes = 0;
  private lastLife = 0;
  private sentAt = 0;
  private watch: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: KafkaClient,
    private readonly config: ServiceConfig,
    private readonly logger: Logger,
  ) {
    this.kafka = new ProducerConnection({
      clientId: config.kafkaClientId,
      brokers: config.kafkaBrokers,
      connectTimeoutMs: 1_000,
      requestTimeoutMs: 30_000,
    });
  }

  /** Resolves when all records are durable. Throws `Problem('unavailable')` when Kafka is away or the queue is full; then they may be there or not. */
  send(records: readonly OutgoingRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    const headersOf = headersPerTopic();
    const wire = records.map((record) => this.onWire(record, headersOf(record.topic.name)));
    let bytes = 0;
    for (const record of wire) bytes += sizeOf(record);
    if (this.queuedBytes + bytes > queueLimitBytes) return Promise.reject(away('Too much is waiting for Kafka.'));
    return new Promise<void>((resolve, reject) => {
      const settle = (error?: unknown): void => (error === undefined ? resolve() : reject(error as Error));
      this.queue.push({ records: wire, bytes, since: Date.now(), settle });
      this.queuedBytes += bytes;
      this.pump();
    });
  }

  start(): void {
    this.watch = setInterval(() => this.failSilent(), watchMs);
  }

  /** Spares the first send the time to load and to connect. Kafka may be away now: the first send that can connects then. */
  async connect(): Promise<void> {
    await this.kafka.open((error) => this.logger.warn('Kafka is away', { err: error }));
  }

  async stop(): Promise<void> {
    while (this.inFlight.length > 0 || this.queue.length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    clearInterval(this.watch);
    await this.kafka.close();
  }

  /** Whether the last word from Kafka was a good one. */
  check(): { ok: boolean; detail: string } {
    const ok =
      this.inFlight.length === 0 ||
      Date.now() - Math.max(this.lastLife, this.inFlight[0]?.since ?? 0) < this.config.kafkaSilenceMs;
    return { ok, detail: ok ? '' : 'Kafka does not answer' };
  }

  private onWire(record: OutgoingRecord, shared: SharedHeaders): WireRecord {
    const own = 'envelope' in record ? undefined : record;
    const value = 'envelope' in record ? JSON.stringify(record.envelope) : record.value;
    const received = 'envelope' in record ? Date.parse(record.envelope.receivedat) : record.timestamp?.getTime();
    return {
      topic: this.client.onBroker(record.topic.name),
      key: record.key,
      keyBytes: Buffer.byteLength(record.key),
      value,
      valueBytes: Buffer.byteLength(value),
      headers: own?.headers ? encodeHeaders({ ...shared.headers, ...own.headers }) : shared.encoded,
      timestamp: received ?? Date.now(),
    };
  }

  private pump(): void {
    if (this.inFlight.length > 0 || this.queue.length === 0) return;
    this.inFlight = this.take();
    const sent = this.inFlight;
    const records = sent.length === 1 ? (sent[0]?.records ?? []) : sent.flatMap((waiting) => waiting.records);
    const began = performance.now();
    this.sentAt = Date.now();
    this.kafka.send(records).then(
      () => this.done(sent, records, began),
      (error: unknown) => this.done(sent, records, began, error),
    );
  }

  private take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of this.queue) {
      if (count > 0 && bytes + waiting.bytes > requestLimitBytes) break;
      bytes += waiting.bytes;
      count += 1;
    }
    return this.queue.splice(0, count);
  }

  private done(sent: readonly Waiting[], records: readonly WireRecord[], began: number, error?: unknown): void {
    this.inFlight = [];
    countSent(records.length, (performance.now() - began) / 1_000, error);
    if (error === undefined) this.lastLife = Date.now();
    else this.logger.warn('Kafka did not take a batch', { err: error });
    this.settle(sent, error === undefined ? undefined : away('Kafka cannot be reached.', error));
    this.pump();
  }

  /** Tells everybody who waits for a silent broker. What is in flight may still arrive; what only queued will not be sent. */
  private failSilent(): void {
    const oldest = this.inFlight[0] ?? this.queue[0];
    if (!oldest) return;
    const now = Date.now();
    const { kafkaSilenceMs } = this.config;
    if (now - oldest.since < kafkaSilenceMs || now - this.lastLife < kafkaSilenceMs) return;
    this.settle([...this.inFlight, ...this.queue.splice(0)], away('Kafka does not answer.'));
    // A broker that is slow may still answer; from one that is gone nothing comes any more, and the next send waits for it.
    if (now - this.sentAt > kafkaSilenceMs * 4) void this.kafka.abandon();
  }

  private settle(list: readonly Waiting[], error?: Problem): void {
    for (const waiting of list) {
      if (this.settled.has(waiting)) continue;
      this.settled.add(waiting);
      this.queuedBytes -= waiting.bytes;
      waiting.settle(error);
    }
  }

  private readonly settled = new WeakSet<Waiting>();
}

function away(detail: string, cause?: unknown): Problem {
  return new Problem('unavailable', `${detail} Nothing was lost on our side: please send the same request again.`, {
    retryAfter: retryAfterSeconds,
    cause,
  });
}

/** One producer span for each topic of a send: a span for each of a hundred records would cost more than the records. */
function headersPerTopic(): (topic: string) => SharedHeaders {
  const traceparent = currentTraceparent();
  const known = new Map<string, SharedHeaders>();
  return (topic) => {
    let shared = known.get(topic);
    if (!shared) {
      const headers = { 'content-type': 'application/cloudevents+json', ...producedHeaders(topic, traceparent) };
      known.set(topic, (shared = { headers, encoded: encodeHeaders(headers) }));
    }
    return shared;
  };
}

interface SharedHeaders {
  readonly headers: Readonly<Record<string, string>>;
  readonly encoded: Buffer;
}

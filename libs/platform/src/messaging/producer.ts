import { Injectable } from '@nestjs/common';
import type { Envelope, Topic } from '@tenure/contracts';
import type { Message, Producer as KafkaProducer, TopicMessages } from 'kafkajs';

import { ServiceConfig } from '../config/service.config';
import { Problem } from '../errors/problem';
import { Logger } from '../logging/logger';
import { KafkaClient } from './kafka-client';
import { currentTraceparent, producedHeaders, untraced } from './messaging-telemetry';

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
  readonly messages: readonly { readonly topic: string; readonly message: Message }[];
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
  private readonly kafka: KafkaProducer;
  private queue: Waiting[] = [];
  private inFlight: Waiting[] = [];
  private queuedBytes = 0;
  private lastLife = 0;
  private watch: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: KafkaClient,
    private readonly config: ServiceConfig,
    private readonly logger: Logger,
  ) {
    this.kafka = client
      .kafka({ retries: 2, initialRetryTime: 50, maxRetryTime: 200 })
      .producer({ allowAutoTopicCreation: false });
  }

  /** Resolves when all records are durable. Throws `Problem('unavailable')` when Kafka is away or the queue is full; then they may be there or not. */
  send(records: readonly OutgoingRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    const headersOf = headersPerTopic();
    const messages = records.map((record) => ({
      topic: this.client.onBroker(record.topic.name),
      message: messageOf(record, headersOf(record.topic.name)),
    }));
    const bytes = messages.reduce((sum, { message }) => sum + sizeOf(message), 0);
    if (this.queuedBytes + bytes > queueLimitBytes) return Promise.reject(away('Too much is waiting for Kafka.'));
    return new Promise<void>((resolve, reject) => {
      const settle = (error?: unknown): void => (error === undefined ? resolve() : reject(error as Error));
      this.queue.push({ messages, bytes, since: Date.now(), settle });
      this.queuedBytes += bytes;
      this.pump();
    });
  }

  async start(): Promise<void> {
    this.watch = setInterval(() => this.failSilent(), watchMs);
    // Kafka may be away right now; the service still starts, answers 503 and connects with the first send that can.
    await this.kafka.connect().catch((error: unknown) => this.logger.warn('Kafka is away', { err: error }));
  }

  async stop(): Promise<void> {
    while (this.inFlight.length > 0 || this.queue.length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    clearInterval(this.watch);
    await this.kafka.disconnect();
  }

  /** Whether the last word from Kafka was a good one. */
  check(): { ok: boolean; detail: string } {
    const ok =
      this.inFlight.length === 0 ||
      Date.now() - Math.max(this.lastLife, this.inFlight[0]?.since ?? 0) < this.config.kafkaSilenceMs;
    return { ok, detail: ok ? '' : 'Kafka does not answer' };
  }

  private pump(): void {
    if (this.inFlight.length > 0 || this.queue.length === 0) return;
    this.inFlight = this.take();
    const sent = this.inFlight;
    untraced(() => this.kafka.sendBatch({ acks: -1, timeout: 30_000, topicMessages: byTopic(sent) })).then(
      () => this.done(sent),
      (error: unknown) => this.done(sent, error),
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

  private done(sent: readonly Waiting[], error?: unknown): void {
    this.inFlight = [];
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
function headersPerTopic(): (topic: string) => Record<string, string> {
  const traceparent = currentTraceparent();
  const known = new Map<string, Record<string, string>>();
  return (topic) => {
    const headers = known.get(topic) ?? {
      'content-type': 'application/cloudevents+json',
      ...producedHeaders(topic, traceparent),
    };
    known.set(topic, headers);
    return headers;
  };
}

function messageOf(record: OutgoingRecord, headers: Record<string, string>): Message {
  if ('envelope' in record) {
    return {
      key: record.key,
      value: JSON.stringify(record.envelope),
      timestamp: String(Date.parse(record.envelope.receivedat)),
      headers,
    };
  }
  return {
    key: record.key,
    value: record.value,
    headers: record.headers ? { ...headers, ...record.headers } : headers,
    ...(record.timestamp ? { timestamp: String(record.timestamp.getTime()) } : {}),
  };
}

function sizeOf(message: Message): number {
  return (message.value?.length ?? 0) + (message.key?.length ?? 0) + 120;
}

function byTopic(sent: readonly Waiting[]): TopicMessages[] {
  const lists = new Map<string, Message[]>();
  for (const waiting of sent) {
    for (const { topic, message } of waiting.messages) {
      const list = lists.get(topic);
      if (list) list.push(message);
      else lists.set(topic, [message]);
    }
  }
  return [...lists].map(([topic, messages]) => ({ topic, messages }));
}

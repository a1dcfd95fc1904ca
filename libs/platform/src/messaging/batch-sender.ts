import { Injectable } from '@nestjs/common';
import type { Message, Producer as KafkaProducer } from 'kafkajs';

import { KafkaClient } from './kafka-client';
import { producedHeaders, untraced } from './messaging-telemetry';

/** A record that was stored with its trace context and waits to be sent. */
export interface StoredRecord {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly recordTime: Date;
}

/** Sends stored records with acks=all, each in the trace it was stored with, in the order given for each key. */
@Injectable()
export class BatchSender {
  private readonly producer: KafkaProducer;
  private connected = false;

  constructor(private readonly client: KafkaClient) {
    this.producer = client.kafka({ retries: 2, initialRetryTime: 100 }).producer({ allowAutoTopicCreation: false });
  }

  async connect(): Promise<void> {
    if (!this.connected) await this.producer.connect();
    this.connected = true;
  }

  /** Resolves once Kafka has all of them; on failure some may be there, so the sender repeats them with the same ids. */
  async send(records: readonly StoredRecord[]): Promise<void> {
    const byTopic = Map.groupBy(records, (record) => this.client.onBroker(record.topic));
    const topicMessages = [...byTopic].map(([topic, own]) => ({ topic, messages: own.map(messageOf) }));
    await untraced(() => this.producer.sendBatch({ acks: -1, timeout: 10_000, topicMessages }));
  }

  async disconnect(): Promise<void> {
    await this.producer.disconnect();
  }
}

function messageOf(record: StoredRecord): Message {
  return {
    key: record.key,
    value: record.value,
    timestamp: String(record.recordTime.getTime()),
    headers: { ...record.headers, ...producedHeaders(record.topic, record.headers['traceparent']) },
  };
}

import { Injectable } from '@nestjs/common';
import { topics, type Topic } from '@tenure/contracts';
import type { Admin } from 'kafkajs';

import { deadLetterTopic } from './dead-letters.repository';
import { KafkaClient } from './kafka-client';

const days = 86_400_000;

/** Creates the topics that are missing; it never changes one that exists. */
@Injectable()
export class TopicProvisioner {
  constructor(private readonly client: KafkaClient) {}

  /**
   * The published topics, and a dead-letter topic for each that this service consumes. A consumer that subscribes before
   * its topic exists crashes, so this comes first.
   */
  async provision(consumed: readonly Topic[]): Promise<void> {
    const admin = this.client.kafka({ retries: 8, initialRetryTime: 200 }).admin();
    await admin.connect();
    try {
      const dead = consumed.map((topic) => deadLetters(topic, this.client.group));
      await this.create(admin, [...Object.values(topics), ...dead]);
    } finally {
      await admin.disconnect();
    }
  }

  private async create(admin: Admin, wanted: readonly Topic[]): Promise<void> {
    const existing = new Set(await admin.listTopics());
    const missing = wanted.filter((topic) => !existing.has(this.client.onBroker(topic.name)));
    if (missing.length === 0) return;
    try {
      await admin.createTopics({ waitForLeaders: true, topics: missing.map((topic) => this.settings(topic)) });
    } catch (error) {
      // Another service that starts at the same moment may have made some of them.
      const now = new Set(await admin.listTopics());
      if (missing.some((topic) => !now.has(this.client.onBroker(topic.name)))) throw error;
    }
  }

  private settings(topic: Topic) {
    return {
      topic: this.client.onBroker(topic.name),
      numPartitions: topic.partitions,
      replicationFactor: -1,
      configEntries: [
        { name: 'cleanup.policy', value: topic.cleanup },
        { name: 'retention.ms', value: String(topic.retentionMs) },
      ],
    };
  }
}

function deadLetters(topic: Topic, group: string): Topic {
  return { name: deadLetterTopic(topic.name, group), partitions: 1, cleanup: 'delete', retentionMs: 35 * days };
}

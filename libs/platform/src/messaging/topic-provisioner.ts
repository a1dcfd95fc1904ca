import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import { topics, type Topic } from '@tenure/contracts';
import type { Admin, ITopicConfig } from 'kafkajs';

import { deadLetterTopic } from './dead-letters.repository';
import { KafkaClient } from './kafka-client';

const days = 86_400_000;

const leaderWaitMs = 180_000;
const firstLookMs = 50;
const longestLookMs = 2_000;

/**
 * Creates topics and waits until each can be written to. kafkajs's own `waitForLeaders` gives up at a KRaft broker's
 * first "unknown topic", which only means that the news has not gone round yet. One that exists already is fine: another
 * service that starts at the same moment may have made it.
 */
export async function createTopics(admin: Admin, wanted: readonly ITopicConfig[]): Promise<void> {
  const topics = wanted.map(({ topic }) => topic);
  try {
    await admin.createTopics({ waitForLeaders: false, topics: [...wanted] });
  } catch (error) {
    const existing = new Set(await admin.listTopics());
    if (topics.some((topic) => !existing.has(topic))) throw error;
  }
  await waitForLeaders(admin, topics);
}

/**
 * Asks only for what did not answer yet, and ever more rarely: six services that ask a starved broker for everything
 * every 50 ms kept it from becoming the leader at all.
 */
async function waitForLeaders(admin: Admin, topics: readonly string[]): Promise<void> {
  const until = Date.now() + leaderWaitMs;
  let waiting = await withoutLeaders(admin, topics);
  for (let pause = firstLookMs; waiting.length > 0; pause = Math.min(pause * 2, longestLookMs)) {
    if (Date.now() > until) throw new Error(`Kafka gave these topics no leaders: ${waiting.join(', ')}`);
    await delay(pause);
    waiting = await withoutLeaders(admin, waiting);
  }
}

/** A busy broker is named leader seconds before it acts as one; it does once it answers for the partitions. */
async function withoutLeaders(admin: Admin, topics: readonly string[]): Promise<string[]> {
  const waiting: string[] = [];
  for (const topic of topics) {
    // One that does not answer is enough: the others will not, either, and asking them keeps the broker from its work.
    const answers = waiting.length === 0 && (await admin.fetchTopicOffsets(topic).catch(() => null)) !== null;
    if (!answers) waiting.push(topic);
  }
  return waiting;
}

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
    await createTopics(
      admin,
      missing.map((topic) => this.settings(topic)),
    );
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

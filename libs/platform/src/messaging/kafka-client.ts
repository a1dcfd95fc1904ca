import { Injectable } from '@nestjs/common';
import { Kafka, logLevel, type RetryOptions } from 'kafkajs';

import { ServiceConfig } from '../config/service.config';
import { Logger } from '../logging/logger';

/** The connection settings, and the names that topics and groups have on this broker. */
@Injectable()
export class KafkaClient {
  private readonly prefix: string;
  /** The service's one consumer group. */
  readonly group: string;

  constructor(
    private readonly config: ServiceConfig,
    private readonly logger: Logger,
  ) {
    this.prefix = config.topicPrefix;
    this.group = `tenure.${config.service}`;
  }

  /** A kafkajs client; its log lines go to ours, without its noise about timers on Node 24. */
  kafka(retry: RetryOptions): Kafka {
    return new Kafka({
      clientId: this.config.kafkaClientId,
      brokers: this.config.kafkaBrokers,
      connectionTimeout: 1_000,
      requestTimeout: 30_000,
      retry,
      logLevel: logLevel.WARN,
      logCreator: () => (entry) => {
        const { message, error, groupId, topic } = entry.log;
        this.logger.debug('kafka client', {
          level: entry.level,
          kafka: message,
          err: error as unknown,
          groupId: groupId as unknown,
          topic: topic as unknown,
        });
      },
    });
  }

  onBroker(topic: string): string {
    return this.prefix + topic;
  }

  fromBroker(topic: string): string {
    return topic.slice(this.prefix.length);
  }

  get groupOnBroker(): string {
    // A replay into another database runs beside the service and must not take partitions from it.
    return `${this.prefix}${this.group}${this.config.rebuild ? '.rebuild' : ''}`;
  }
}

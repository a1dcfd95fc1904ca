import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type Topic, topics } from '@tenure/contracts';

import { type BatchMethod, consumptionsOf } from './consume.decorator';

/** One topic and the method that applies its batches. */
export interface Registration {
  readonly topic: Topic;
  readonly apply: BatchMethod;
}

/** Finds the consumer methods of the service's providers. */
@Injectable()
export class ConsumerRegistry {
  constructor(private readonly discovery: DiscoveryService) {}

  /** Topic name → registration. Throws when two methods want the same topic, for its order could not be kept. */
  registrations(): ReadonlyMap<string, Registration> {
    const found = new Map<string, Registration>();
    for (const { instance } of this.discovery.getProviders()) {
      if (typeof instance !== 'object' || instance === null) continue;
      for (const { topic, method } of consumptionsOf(instance)) {
        if (found.has(topic.name)) throw new Error(`Two methods consume ${topic.name}; a topic has one.`);
        const bound = (instance as Record<string, BatchMethod>)[method]?.bind(instance);
        if (bound) found.set(topic.name, { topic, apply: bound });
      }
    }
    // A service that folds nothing has nobody to forget.
    return found.size === 1 && found.has(topics.erasures.name) ? new Map() : found;
  }
}

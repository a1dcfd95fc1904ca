import { Injectable } from '@nestjs/common';
import type { Envelope, Topic } from '@tenure/contracts';

import type { Tx } from '../database/tx';

/** What a consumer method is given beside its batch. */
export interface BatchContext {
  /** The one transaction of the batch: everything the method does goes through it. */
  readonly tx: Tx;
  readonly topic: string;
  readonly partition: number;
  /** True when a dead letter is replayed; its events may be older than what was applied since. */
  readonly replay: boolean;
  /** The time at which decisions of this batch are taken. */
  readonly now: Date;
  /** Tells Kafka that we live; call it in loops that can take seconds. */
  heartbeat(): Promise<void>;
}

/** A method that applies the new events of one partition, in order, without duplicates, valid by their schema. */
export type BatchMethod = (batch: readonly Envelope<never>[], context: BatchContext) => Promise<void>;

/** What `@Consume` left on a class: method name by topic. */
export interface Consumption {
  readonly topic: Topic;
  readonly method: string;
}

const consumptions = new WeakMap<object, Consumption[]>();

/** Marks a provider whose methods consume topics. List it in the module's providers. */
export const Consumers = (): ClassDecorator => Injectable();

/** The method gets every batch of `topic`. One method per topic and service: a topic's order is kept across its types. */
export function Consume(topic: Topic): MethodDecorator {
  return (target, method) => {
    const list = consumptions.get(target) ?? [];
    list.push({ topic, method: String(method) });
    consumptions.set(target, list);
  };
}

/** The consumptions declared on the class of `instance`. */
export function consumptionsOf(instance: object): readonly Consumption[] {
  return consumptions.get(Object.getPrototypeOf(instance) as object) ?? [];
}

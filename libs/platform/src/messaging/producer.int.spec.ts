import { createServer, type AddressInfo } from 'node:net';

import { topics } from '@tenure/contracts';
import { eventually, infra, TestKafka } from '@tenure/testing';

import { ServiceConfig } from '../config/service.config';
import { Problem } from '../errors/problem';
import { Logger } from '../logging/logger';
import { KafkaClient } from './kafka-client';
import { type OutgoingRecord, Producer } from './producer';

const logger = Logger.create('producer', 'silent');

async function producerAt(brokers: readonly string[], topicPrefix: string): Promise<Producer> {
  const config = Object.assign(new ServiceConfig(), {
    service: 'ingestion',
    kafkaClientId: 'test',
    kafkaBrokers: [...brokers],
    kafkaSilenceMs: 800,
    topicPrefix,
  });
  const producer = new Producer(new KafkaClient(config, logger), config, logger);
  producer.start();
  await producer.connect();
  return producer;
}

const record = (key: string, value: string, at = 1_760_000_000_000): OutgoingRecord => ({
  topic: topics.usageEvents,
  key,
  value,
  timestamp: new Date(at),
});

describe('the producer', () => {
  it('writes what another client reads: keys where murmur2 leads, times, headers, any text, in order', async () => {
    const kafka = new TestKafka();
    await kafka.createTopics([topics.usageEvents]);
    const producer = await producerAt(infra().brokers, kafka.prefix);
    const sent = Array.from({ length: 500 }, (_, n) => record(`acme:ä${n % 40}`, `{"n":${n},"text":"ü\u{1F600}"}`));
    await Promise.all([producer.send(sent.slice(0, 250)), producer.send(sent.slice(250))]);
    await kafka.produceRaw(topics.usageEvents.name, { key: 'acme:ä7', value: '"of kafkajs"' });
    const { records } = await kafka.consume(topics.usageEvents);
    await eventually(() => expect(records).toHaveLength(501));
    const own = records.filter((each) => each.key === 'acme:ä7');
    expect(own.map((each) => each.value)).toEqual([
      ...sent.filter((each) => each.key === 'acme:ä7').map((each) => 'value' in each && each.value),
      '"of kafkajs"',
    ]);
    expect(new Set(own.map((each) => each.partition)).size).toBe(1);
    expect(own[0]).toMatchObject({ headers: { 'content-type': 'application/cloudevents+json' } });
    await producer.stop();
    await kafka.close();
  });

  it('sends more for one partition than a broker takes at once, in order', async () => {
    const kafka = new TestKafka();
    await kafka.createTopics([topics.usageEvents]);
    const producer = await producerAt(infra().brokers, kafka.prefix);
    const values = Array.from({ length: 90 }, (_, n) => `${n} ${'x'.repeat(30_000)}`);
    await Promise.all(values.map((value) => producer.send([record('acme:hot', value)])));
    const { records } = await kafka.consume(topics.usageEvents);
    await eventually(() => expect(records).toHaveLength(90));
    expect(records.map((each) => parseInt(each.value ?? '', 10))).toEqual(values.map((_, n) => n));
    await producer.stop();
    await kafka.close();
  });

  it('refuses what a broker will never take, and serves on', async () => {
    const kafka = new TestKafka();
    await kafka.createTopics([topics.usageEvents]);
    const producer = await producerAt(infra().brokers, kafka.prefix);
    await expect(producer.send([record('acme:large', 'x'.repeat(2_000_000))])).rejects.toThrow(Problem);
    await producer.send([record('acme:small', 'x')]);
    await producer.stop();
    await kafka.close();
  });

  it('holds no more than its bound while a broker is silent, and tells everybody who waits', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const producer = await producerAt([`127.0.0.1:${(silent.address() as AddressInfo).port}`], '');
    const megabyte = 'x'.repeat(1_000_000);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 80 }, (_, n) => producer.send([record(`k${n}`, megabyte)])),
    );
    const told = outcomes.map((each) => (each.status === 'rejected' ? (each.reason as Problem) : undefined));
    expect(told.every((problem) => problem?.code === 'unavailable' && problem.retryAfter === 2)).toBe(true);
    expect(told.filter((problem) => problem?.message.startsWith('Too much is waiting')).length).toBeGreaterThan(10);
    silent.close();
    await producer.stop();
  });
});

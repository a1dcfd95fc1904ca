// The floor that ingestion is compared with: node:http, JSON.parse, a Kafka client with acks=all, nothing else. Arguments:
// brokers, topic, client: `same` is the one ingestion has, used as its documentation says; `kafkajs` is the usual one.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Producer, stringSerializers } from '@platformatic/kafka';
import { Kafka, logLevel } from 'kafkajs';

interface Call {
  readonly userId: string;
  readonly context: { readonly groupId: string };
}

type Send = (messages: { key: string; value: string }[]) => Promise<unknown>;

const [brokers = '', topic = '', client = 'same'] = process.argv.slice(2);

async function withKafkajs(): Promise<Send> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  return (messages) => producer.send({ topic, acks: -1, messages });
}

async function withSame(): Promise<Send> {
  const producer = new Producer({
    clientId: 'bare',
    bootstrapBrokers: brokers.split(','),
    serializers: stringSerializers,
  });
  await producer.metadata({ topics: [topic] });
  return (messages) => producer.send({ acks: -1, messages: messages.map((message) => ({ topic, ...message })) });
}

async function take(send: Send, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Call | { readonly batch: readonly Call[] };
  const calls = 'batch' in body ? body.batch : [body];
  await send(calls.map((call) => ({ key: `demo:${call.context.groupId}`, value: JSON.stringify(call) })));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 16 }).end('{"success":true}');
}

async function main(): Promise<void> {
  const send = await (client === 'kafkajs' ? withKafkajs() : withSame());
  const server = createServer((request, response) => void take(send, request, response));
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
}

void main();

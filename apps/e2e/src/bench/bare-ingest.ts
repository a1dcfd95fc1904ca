// The floor that ingestion is compared with: node:http, JSON.parse, kafkajs with acks=all, nothing else.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Kafka, logLevel } from 'kafkajs';

interface Call {
  readonly userId: string;
  readonly context: { readonly groupId: string };
}

const [brokers = '', topic = ''] = process.argv.slice(2);
const producer = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).producer({
  allowAutoTopicCreation: false,
});

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Call | { readonly batch: readonly Call[] };
  const calls = 'batch' in body ? body.batch : [body];
  const messages = calls.map((call) => ({ key: `demo:${call.context.groupId}`, value: JSON.stringify(call) }));
  await producer.send({ topic, acks: -1, messages });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 16 }).end('{"success":true}');
}

async function main(): Promise<void> {
  await producer.connect();
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
}

void main();

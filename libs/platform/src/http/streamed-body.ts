import type { Socket } from 'node:net';
import type { IncomingMessage } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../errors/problem';

/** Which bodies reach their handler as streams, unread. */
export interface StreamedBodies {
  readonly types: readonly string[];
  /** Elsewhere, a body of these types is collected up to the limit, as every other. */
  readonly isStreamed: (url: string) => boolean;
  readonly bodyLimit: number;
}

/** Leaves the bodies of some routes unread: `request.body` is the stream, limits and time are the handler's to keep. */
export function streamBodies(app: NestFastifyApplication, { types, isStreamed, bodyLimit }: StreamedBodies): void {
  const take = (request: FastifyRequest, payload: IncomingMessage): Promise<unknown> =>
    isStreamed(request.url) ? Promise.resolve(payload) : collect(payload, bodyLimit);
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser([...types], take);
}

async function collect(payload: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw new Problem('too-large', 'The body is too large.');
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

const unhurried = new WeakSet<Socket>();

/** This request may take longer to come in than others may: its handler watches over it. Until the answer is sent. */
export function allowLongRequest(request: FastifyRequest): void {
  const { socket } = request.raw;
  unhurried.add(socket);
  request.raw.once('close', () => unhurried.delete(socket));
}

/** Whether the request that is coming in on this connection may take its time. */
export const mayTakeLong = (socket: Socket): boolean => unhurried.has(socket);

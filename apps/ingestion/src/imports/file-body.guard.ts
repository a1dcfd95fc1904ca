import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { allowLongRequest, Problem, type Readiness, streamBodies } from '@tenure/platform';
import type { FastifyRequest } from 'fastify';

import { UnusableFile } from './import-columns.domain';
import type { Interruption } from './take-rows.handler';

const importPath = /^\/api\/v1\/sources\/[^/?]+\/imports(?:\/preview)?(?:\?|$)/;

/** Files come unread: the handler takes them as they arrive. */
export function acceptFiles(app: NestFastifyApplication, bodyLimit: number): void {
  streamBodies(app, { types: fileTypes, isStreamed: (url) => importPath.test(url), bodyLimit });
}

/** What a file may come as. */
const fileTypes = ['text/csv', 'application/csv', 'text/tab-separated-values', 'application/octet-stream'];

/** A file on its way in, and what can cut it off. */
export interface IncomingFile {
  readonly chunks: AsyncIterator<Buffer>;
  readonly interruption: Interruption;
  /** Reads away what nobody wanted, so that the answer can be heard; the connection is cut where that is too much. */
  drain(): void;
}

const idleMs = 120_000;
const drainBytes = 64 * 1024 * 1024;

/** Opens the body of a request as a file. @throws Problem `unsupported` */
export function fileOf(request: FastifyRequest, limitBytes: number, readiness: Readiness): IncomingFile {
  const body = request.body;
  if (!(body instanceof Readable)) throw new Problem('unsupported', 'Send the file as the body, as text/csv.');
  allowLongRequest(request);
  const gone = new AbortController();
  request.raw.socket.once('close', () => gone.abort());
  body.once('error', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, readiness.stopping]);
  const why = (): string =>
    readiness.stopping.aborted ? 'The service was stopped while it read the file.' : 'The file ended before its end.';
  return {
    chunks: chunksOf(request, body, limitBytes),
    interruption: { signal, why },
    drain: () => drain(request, body),
  };
}

async function* chunksOf(request: FastifyRequest, body: Readable, limitBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  const plain = unpacked(request, body);
  const iterator = plain.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  for (;;) {
    const next = await inTime(iterator.next());
    if (next.done === true) return;
    bytes += next.value.length;
    if (bytes > limitBytes) throw new UnusableFile('too-large', `A file may have ${limitBytes} bytes: divide it.`);
    yield next.value;
  }
}

function unpacked(request: FastifyRequest, body: Readable): Readable {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip') throw new Problem('unsupported', 'Send the file as it is or with gzip.');
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  gunzip.on('error', () => body.unpipe(gunzip));
  return body.pipe(gunzip);
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem('timeout', 'Nothing more of the file came for too long.')), idleMs);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) {
      throw new UnusableFile('not-gzip', 'The file is not valid gzip.');
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function drain(request: FastifyRequest, body: Readable): void {
  let bytes = 0;
  body.unpipe();
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > drainBytes) request.raw.socket.destroySoon();
  });
  body.resume();
}

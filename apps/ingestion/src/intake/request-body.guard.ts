import { gunzip } from 'node:zlib';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem, type ServiceConfig } from '@tenure/platform';
import type { FastifyRequest } from 'fastify';

type Done = (error: Error | null, body?: unknown) => void;

/**
 * What comes in under /v1/, or as to PostHog, is left as bytes, whatever its content type says: the doors parse once, by themselves, and
 * signatures need the bytes. Everything else is JSON.
 */
export function acceptRawBodies(app: NestFastifyApplication, config: ServiceConfig): void {
  const parse = (request: unknown, body: Buffer, done: Done): void => {
    const { url, headers } = request as FastifyRequest;
    if (!isWayIn(url)) return done(...parsedJson(body));
    const encoding = headers['content-encoding'] ?? (/[?&]compression=gzip/.test(url) ? 'gzip' : 'identity');
    if (encoding === 'identity') return done(null, body);
    if (encoding !== 'gzip') return done(new Problem('unsupported', 'Send the body as it is or with gzip.'));
    // The limit stops a bomb while it unpacks: not more than this is ever in memory.
    gunzip(body, { maxOutputLength: config.bodyLimit }, (error, plain) => done(error && unpackProblem(error), plain));
  };
  // Fastify has parsers of its own for the first two.
  for (const type of ['application/json', 'text/plain', '*'])
    app.useBodyParser(type, { bodyLimit: config.bodyLimit }, parse);
}

const posthogPaths = /^\/(?:i\/v0\/e|batch|capture|e|flags|decide)\/?(?:\?|$)/;
const isWayIn = (url: string): boolean => url.startsWith('/v1/') || posthogPaths.test(url);

function parsedJson(body: Buffer): [Error | null, unknown?] {
  try {
    return [null, body.length === 0 ? undefined : (JSON.parse(body.toString('utf8')) as unknown)];
  } catch (cause) {
    return [new Problem('invalid', 'The body is not valid JSON.', { cause })];
  }
}

function unpackProblem(error: NodeJS.ErrnoException): Problem {
  if (error.code === 'ERR_BUFFER_TOO_LARGE') return new Problem('too-large', 'The unpacked body is too large.');
  return new Problem('invalid', 'The body is not valid gzip.', { cause: error });
}

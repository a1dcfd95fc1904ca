import { request } from 'node:http';
import type { Readable } from 'node:stream';
import type { Door } from './post';

export interface RawRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In one piece with its length said before, or a stream in chunks without. */
  readonly body: Buffer | Readable;
}

/** How a request ended: with a status, or cut by the server before it gave one. */
export type Ending = number | 'cut';

/** A request by a client that goes on sending whatever it is told; answers the status it was given. */
export function rawRequest({ url, writeKey }: Door, { path, headers, body }: RawRequest): Promise<Ending> {
  return new Promise((resolve) => {
    const outgoing = request(url + path, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${btoa(`${writeKey}:`)}`,
        ...(Buffer.isBuffer(body) ? { 'content-length': String(body.length) } : {}),
        ...headers,
      },
    });
    outgoing.once('response', (answer) => {
      answer.resume();
      answer.once('error', () => undefined);
      resolve(answer.statusCode ?? 0);
    });
    outgoing.on('error', () => resolve('cut'));
    if (Buffer.isBuffer(body)) outgoing.end(body);
    else body.on('error', () => undefined).pipe(outgoing);
  });
}

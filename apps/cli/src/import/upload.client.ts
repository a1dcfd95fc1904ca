import { createReadStream } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { unreachable } from '../api/api.client';
import { Failure, messageOf } from '../terminal/failure.domain';

/** What came back for a file. */
export interface UploadAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Streams a file as the body of a POST; never more of it than a few kilobytes is in memory, and there is no time limit,
 * because the answer comes when everything has been taken. @throws Failure when the file or the server is not there
 */
export function upload(url: URL, token: string, file: string): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    const input: NodeJS.ReadableStream = file === '-' ? process.stdin : createReadStream(file);
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    const outgoing = send(url, { method: 'POST', headers });
    const answered = (response: IncomingMessage): void => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, text: body }), reject);
    };
    input.once('error', (error) => {
      outgoing.destroy();
      reject(new Failure(`${file} cannot be read: ${messageOf(error)}`));
    });
    outgoing.once('response', answered).once('error', (error) => reject(unreachable(url, error)));
    input.pipe(outgoing);
  });
}

/** Streams the answer of a GET. @throws Failure */
export async function download(url: URL, token: string): Promise<AsyncIterable<Uint8Array>> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } }).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  if (!response.ok || !response.body) throw new Failure(`The answer was HTTP ${response.status}.`);
  return response.body as unknown as AsyncIterable<Uint8Array>;
}

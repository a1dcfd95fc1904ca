import { connect, type Socket } from 'node:net';

/** What a server did under load. */
export interface LoadResult {
  readonly answers: number;
  readonly refused: number;
  readonly seconds: number;
}

/** A load: every connection sends the next request as soon as its last one was answered. */
export interface Load {
  readonly url: string;
  readonly path: string;
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

/**
 * A client that costs little beside the servers it measures: requests are encoded once, answers are only counted.
 * Throws when a connection breaks or an answer has no Content-Length.
 */
export async function runLoad({ url, path, bodies, connections, seconds }: Load): Promise<LoadResult> {
  const { hostname, port, host } = new URL(url);
  const requests = bodies.map((body) => requestOf(host, path, body));
  const counts = { answers: 0, refused: 0 };
  let at = 0;
  const next = (): Buffer => requests[(at += 1) % requests.length] ?? Buffer.alloc(0);
  const began = performance.now();
  const until = began + seconds * 1_000;
  await Promise.all(
    Array.from({ length: connections }, () => converse(connect(Number(port), hostname), next, until, counts)),
  );
  return { ...counts, seconds: (performance.now() - began) / 1_000 };
}

function requestOf(host: string, path: string, body: string): Buffer {
  const authorization = `Basic ${Buffer.from('demo-write-key:').toString('base64')}`;
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\nauthorization: ${authorization}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function converse(
  socket: Socket,
  next: () => Buffer,
  until: number,
  counts: { answers: number; refused: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setNoDelay(true);
    socket.on('connect', () => socket.write(next()));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const end = endOfAnswer(text);
      if (end === undefined) return;
      counts[text.startsWith('HTTP/1.1 2') ? 'answers' : 'refused'] += 1;
      text = text.slice(end);
      if (performance.now() < until) socket.write(next());
      else socket.end(() => resolve());
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server closed a connection.')));
  });
}

function endOfAnswer(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head + 2))?.[1];
  if (length === undefined) throw new Error(`An answer without Content-Length: ${text.slice(0, 200)}`);
  const end = head + 4 + Number(length);
  return text.length >= end ? end : undefined;
}

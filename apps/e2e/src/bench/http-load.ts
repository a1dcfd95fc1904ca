import { connect, type Socket } from 'node:net';

import { quantile } from './line';

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
  /** Default: the demo's write key. */
  readonly key?: string;
}

/** A load at a fixed rate, whatever the server does. */
export interface PacedLoad extends Load {
  readonly perSecond: number;
}

/** How long answers took, in milliseconds, from when the request was due. */
export interface PacedResult extends LoadResult {
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  /** Requests that were given up: the server is slower than the rate. */
  readonly late: number;
}

/**
 * An open loop: requests are due at even times and wait for a free connection where the server is behind. A latency
 * counts from when its request was due, not from when it could be sent: a server that stops for a moment has to answer
 * for everybody who came meanwhile (no coordinated omission).
 */
export async function runPaced(load: PacedLoad): Promise<PacedResult> {
  const { hostname, port, host } = new URL(load.url);
  const requests = load.bodies.map((body) => requestOf(host, load.path, body, load.key));
  const counts = { answers: 0, refused: 0 };
  const due: number[] = [];
  const took: number[] = [];
  const total = Math.round(load.perSecond * load.seconds);
  const began = performance.now();
  let made = 0;
  const lines = Array.from({ length: load.connections }, () => new Line(connect(Number(port), hostname), counts));
  const give = (): void => {
    for (const line of lines) {
      if (due.length === 0) return;
      if (!line.isFree) continue;
      const since = due.shift() ?? 0;
      line.ask(requests[(made += 1) % requests.length] ?? Buffer.alloc(0), () => {
        took.push(performance.now() - since);
        give();
      });
    }
  };
  for (let scheduled = 0; took.length < total;) {
    const now = performance.now();
    for (; scheduled < total && began + (scheduled * 1_000) / load.perSecond <= now; scheduled += 1) {
      due.push(began + (scheduled * 1_000) / load.perSecond);
    }
    give();
    const broken = lines.find((line) => line.error);
    if (broken?.error) throw broken.error;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  // Whoever still waits has waited for so long already.
  const late = due.map((since) => performance.now() - since);
  took.push(...late);
  for (const line of lines) line.end();
  const seconds = (performance.now() - began) / 1_000;
  return {
    ...counts,
    late: late.length,
    seconds,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    worst: quantile(took, 1),
  };
}

/** A connection that carries one request at a time. */
class Line {
  isFree = true;
  error: Error | undefined;
  private text = '';
  private answered: () => void = () => undefined;

  constructor(
    private readonly socket: Socket,
    private readonly counts: { answers: number; refused: number },
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error) => (this.error = error));
  }

  ask(request: Buffer, answered: () => void): void {
    this.isFree = false;
    this.answered = answered;
    this.socket.write(request);
  }

  end(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.text += chunk.toString('latin1');
    const end = endOfAnswer(this.text);
    if (end === undefined) return;
    this.counts[this.text.startsWith('HTTP/1.1 2') ? 'answers' : 'refused'] += 1;
    this.text = this.text.slice(end);
    this.isFree = true;
    this.answered();
  }
}

/**
 * A client that costs little beside the servers it measures: requests are encoded once, answers are only counted.
 * Throws when a connection breaks or an answer has no Content-Length.
 */
export async function runLoad({ url, path, bodies, connections, seconds, key }: Load): Promise<LoadResult> {
  const { hostname, port, host } = new URL(url);
  const requests = bodies.map((body) => requestOf(host, path, body, key));
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

function requestOf(host: string, path: string, body: string, key = 'demo-write-key'): Buffer {
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
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

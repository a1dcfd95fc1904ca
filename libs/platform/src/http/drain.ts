import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';

/** How long a kept connection may stay silent before it is closed: a client in use of it sends its next request sooner. */
const idleMs = 500;
const sweepMs = 50;

/**
 * Takes no new connection, answers what comes on those there are, and resolves once all are gone. A connection ends with
 * its next answer (`closeWhen` in fastify-adapter.ts says so in it): to close one that only seems idle would cut off the
 * request that is just on its way. After `limitMs` those that are not done are cut.
 */
export async function drain(server: Server, limitMs: number): Promise<void> {
  let sweep: NodeJS.Timeout | undefined;
  const idle = setTimeout(() => {
    server.closeIdleConnections();
    sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  }, idleMs);
  const cut = setTimeout(() => server.closeAllConnections(), limitMs);
  // The close of HTTP's own server would end idle connections at once.
  await new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  for (const timer of [idle, sweep, cut]) clearTimeout(timer);
}

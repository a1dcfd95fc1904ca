import { Readable } from 'node:stream';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Logger, Notifications, Readiness } from '@tenure/platform';
import { ReportingConfig } from '../reporting.config';
import { PendingChanges } from './live-connection.domain';
import { liveChannel, type LiveNotice } from './live-changes.repository';

interface Connection {
  readonly pending: PendingChanges;
  readonly stream: Readable;
}

const flushEveryMs = 200;
/** A reader that does not keep up is let go; its browser comes back and reads everything anew. */
const mostWaitingBytes = 1_000_000;

/**
 * The open live connections of this replica. Every replica hears every notice and passes on those of a connection's own
 * tenant; a notice lost while the database was away is made up for by what the page reads when it comes back.
 */
@Injectable()
export class StreamChangesHandler implements OnModuleInit {
  private readonly byTenant = new Map<string, Set<Connection>>();

  constructor(
    private readonly notifications: Notifications,
    private readonly readiness: Readiness,
    private readonly config: ReportingConfig,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.notifications.on(liveChannel, (payload) => this.hear(payload));
  }

  /** The text of a live connection: changes of this tenant, and comments that keep it open. It ends by itself. */
  open(tenant: string): Readable {
    const stream = new Readable({ read: () => undefined });
    const connection = { pending: new PendingChanges(), stream };
    const known = this.byTenant.get(tenant) ?? new Set();
    this.byTenant.set(tenant, known.add(connection));
    const end = (): void => void stream.push(null);
    const timers = [
      setInterval(() => flush(connection), flushEveryMs),
      setInterval(() => stream.push(': still here\n\n'), this.config.liveHeartbeatMs),
      setTimeout(end, this.config.liveConnectionMs),
    ];
    const close = (): void => {
      for (const timer of timers) clearTimeout(timer);
      this.readiness.stopping.removeEventListener('abort', end);
      known.delete(connection);
    };
    stream.once('close', close);
    stream.push('retry: 2000\n: connected\n\n');
    if (this.readiness.stopping.aborted) end();
    else this.readiness.stopping.addEventListener('abort', end, { once: true });
    return stream;
  }

  private hear(payload: string): void {
    if (payload === '') return;
    try {
      const { tenant, account, what } = JSON.parse(payload) as LiveNotice;
      for (const { pending } of this.byTenant.get(tenant) ?? []) pending.add(account, what);
    } catch (error) {
      this.logger.warn('A notice of a change could not be read', { err: error });
    }
  }
}

function flush({ pending, stream }: Connection): void {
  const text = pending.take();
  if (text === '' || stream.readableEnded) return;
  if (stream.readableLength > mostWaitingBytes) stream.destroy();
  else stream.push(text);
}

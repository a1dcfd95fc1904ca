import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Agent, request } from 'undici';
import { NotificationsConfig } from '../notifications.config';
import { checkUrl, isPublicAddress } from './address.guard';

/** What came back; `body` is cut at 64 KB. */
export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

export type Resolve = (host: string, options: LookupOptions, done: Resolved) => void;
type Resolved = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
type LookupDone = (error: Error | null, address?: string | LookupAddress[], family?: number) => void;

const mostBytes = 64 * 1_024;

/** The address is not allowed; nothing was connected. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/**
 * Resolves a name once and hands the socket exactly the addresses that were checked: there is no second look-up in which
 * a name could answer something else. One address that is not public refuses all of them.
 */
export function guardedLookup(allowPrivate: boolean, resolve: Resolve) {
  return (host: string, options: LookupOptions, done: LookupDone): void => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error('The name has no address.'));
      if (!allowPrivate && addresses.some(({ address }) => !isPublicAddress(address)))
        return done(new RefusedAddress('The name leads to an address that is not public.'));
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}

/** Asks the machine's resolver; a test gives other answers. */
@Injectable()
export class NameResolver {
  readonly resolve: Resolve = (host, options, done) => lookup(host, { ...options, all: true }, done);
}

/** HTTP to addresses that tenants chose: checked, never redirected, with an end to time and size. */
@Injectable()
export class GuardedHttpClient implements OnModuleDestroy {
  private readonly agent: Agent;

  constructor(
    private readonly config: NotificationsConfig,
    names: NameResolver,
  ) {
    this.agent = new Agent({
      connect: {
        lookup: guardedLookup(config.privateDestinations, names.resolve) as never,
        timeout: config.deliveryTimeoutMs,
      },
      keepAliveTimeout: 1_000,
      headersTimeout: config.deliveryTimeoutMs,
      bodyTimeout: config.deliveryTimeoutMs,
    });
  }

  /**
   * @throws RefusedAddress before anything is connected; an error of the network; an abort at the time limit
   */
  async post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    stop: AbortSignal,
  ): Promise<HttpAnswer> {
    const fault = checkUrl(url, this.config.privateDestinations);
    if (fault) throw new RefusedAddress(fault.detail);
    const signal = AbortSignal.any([stop, AbortSignal.timeout(this.config.deliveryTimeoutMs)]);
    const answer = await request(url, {
      dispatcher: this.agent,
      method: 'POST',
      headers: { 'user-agent': 'Tenure-Notifications/1', ...headers },
      body,
      signal,
    });
    const after = answer.headers['retry-after'];
    return {
      status: answer.statusCode,
      retryAfter: (Array.isArray(after) ? after[0] : after) ?? null,
      body: await read(answer.body),
    };
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.destroy();
  }
}

/** The status is known by now: a body that is too long, too slow or broken changes nothing about it. */
async function read(body: AsyncIterable<Buffer> & { destroy(): unknown; on(event: 'error', on: () => void): unknown }) {
  const chunks: Buffer[] = [];
  let size = 0;
  body.on('error', () => undefined);
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= mostBytes) break;
    }
  } catch {
    // What was read until then is enough for the log.
  } finally {
    body.destroy();
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
}

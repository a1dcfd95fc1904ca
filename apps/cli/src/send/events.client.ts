import { setTimeout as sleep } from 'node:timers/promises';
import { refusal, unreachable } from '../api/api.client';
import { Failure } from '../terminal/failure.domain';
import type { Receipt } from './event-lines.domain';

const attempts = 8;
const longestWaitMs = 30_000;

/** Sends batches to ingestion. A batch that may not have arrived is sent again: the ids make it count once. */
export class EventsClient {
  private readonly url: URL;

  constructor(
    ingestionUrl: string,
    private readonly writeKey: string,
  ) {
    this.url = new URL('/v1/events', ingestionUrl);
  }

  /** @throws Failure when ingestion refuses the batch, or does not take it after several attempts */
  async send(events: readonly object[]): Promise<Receipt> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.attempt(events).catch((error: unknown) => error);
      if (response instanceof Response && response.ok) return (await response.json()) as Receipt;
      const isFinal = response instanceof Response && response.status !== 503 && response.status !== 429;
      if (isFinal) throw new Failure(refusal(response.status, await response.text()));
      if (attempt === attempts) {
        throw response instanceof Response
          ? new Failure(refusal(response.status, await response.text()))
          : unreachable(this.url, response);
      }
      await sleep(waitMs(response, attempt));
    }
  }

  private attempt(events: readonly object[]): Promise<Response> {
    return fetch(this.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.writeKey}`, 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
      signal: AbortSignal.timeout(30_000),
    });
  }
}

function waitMs(response: unknown, attempt: number): number {
  const told = response instanceof Response ? Number(response.headers.get('retry-after')) * 1000 : 0;
  return Math.min(longestWaitMs, told > 0 ? told : 250 * 2 ** (attempt - 1));
}

import type { SimulatedEvent } from '../history/event.domain';
import type { Receipt } from './ledger.domain';
import { type RetryLimits, retryingPost } from './retrying-post.client';

/** A call of the Segment tracking API, as its libraries send it. */
export interface SegmentCall {
  readonly type: 'track';
  readonly messageId: string;
  readonly userId: string;
  readonly event: string;
  readonly timestamp: string;
  readonly context: { readonly groupId: string };
  readonly properties: { readonly product: string };
}

/** The public way in: CloudEvents batches and Segment batches with one write key. */
export class IngestionClient {
  constructor(
    private readonly url: string,
    private readonly writeKey: string,
    private readonly limits: RetryLimits,
  ) {}

  /** Sends a JSON array of CloudEvents; resolves with its receipt. */
  async sendBody(body: string): Promise<Receipt> {
    const answer = await retryingPost(
      {
        url: `${this.url}/v1/events`,
        body,
        contentType: 'application/cloudevents-batch+json',
        authorization: `Bearer ${this.writeKey}`,
      },
      this.limits,
    );
    return receiptOf(answer);
  }

  sendEvents(events: readonly SimulatedEvent[]): Promise<Receipt> {
    return this.sendBody(JSON.stringify(events));
  }

  async sendSegment(batch: readonly SegmentCall[]): Promise<Receipt> {
    await retryingPost(
      {
        url: `${this.url}/v1/batch`,
        body: JSON.stringify({ batch, sentAt: new Date().toISOString() }),
        contentType: 'application/json',
        authorization: `Basic ${Buffer.from(`${this.writeKey}:`).toString('base64')}`,
      },
      this.limits,
    );
    return { accepted: batch.length, held: 0, rejected: [] };
  }
}

function receiptOf(answer: string): Receipt {
  const { accepted, held, rejected } = JSON.parse(answer) as Partial<Receipt>;
  if (typeof accepted !== 'number' || typeof held !== 'number' || !Array.isArray(rejected)) {
    throw new Error(`ingestion answered without a receipt: ${answer.slice(0, 300)}`);
  }
  return { accepted, held, rejected };
}

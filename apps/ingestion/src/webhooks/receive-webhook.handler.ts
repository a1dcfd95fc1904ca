import { Injectable } from '@nestjs/common';
import type { ReceiptBody, WebhookVendor } from '@tenure/contracts';
import { Clock, Problem } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { AcceptItemsHandler, fingerprint } from '../intake/accept-items.handler';
import type { Arrival } from '../intake/candidate.domain';
import { type Document, parseDocument } from '../intake/document.domain';
import type { IntakeItem } from '../intake/item.domain';
import { FindWebhookHandler } from './find-webhook.handler';
import { type DeliveryMarks, deliveredItem, itemsOf, unreadableItem } from './read-delivery.domain';
import { RememberDeliveriesHandler } from './remember-deliveries.handler';
import type { VendorRow } from './scheme.domain';
import { bodyTimeFault, deliveryName, type Disbelief, type SignedRequest, verifySignature } from './signature.guard';
import { vendorTable } from './vendors.domain';
import type { WebhookSource } from './webhook-source.domain';

/** What a delivery became. `repeated`: it had been here before, and has no second effect. */
export type WebhookReceipt = ReceiptBody & { readonly repeated?: true };

/** A request that its vendor signed. */
export interface Believed {
  readonly source: WebhookSource;
  readonly row: VendorRow;
  readonly request: SignedRequest;
  /** Undefined where the body is no JSON. */
  readonly document: Document | undefined;
  readonly items: readonly unknown[];
}

const why: Readonly<Record<Disbelief, string>> = {
  'signature-missing': 'The request is not signed as this source’s vendor signs.',
  'signature-wrong': 'The signature is not one that a secret of this source makes over this body.',
  'time-missing': 'The request does not say when it was signed.',
  'too-old': 'The request was signed too long ago.',
  'too-new': 'The request was signed in the future. Is a clock wrong?',
};

/** The way of a delivery: whose is it → is it really the vendor's → has it been here → map → the way of all items. */
@Injectable()
export class ReceiveWebhookHandler {
  constructor(
    private readonly sources: FindWebhookHandler,
    private readonly deliveries: RememberDeliveriesHandler,
    private readonly intake: AcceptItemsHandler,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
  ) {}

  /**
   * Whether the request is really the vendor's. Nothing is counted or kept of one that is not.
   * @throws Problem `not-found`, `gone` (revoked), `forbidden` (closed, paused), `unauthenticated` (not believed), `too-large`
   */
  async believe(vendor: string, sourceId: string, request: SignedRequest): Promise<Believed> {
    const source = await this.open(vendor, sourceId);
    const row = vendorTable[source.vendor];
    const document = this.checked(row, source, request, this.clock.now().getTime());
    return { source, row, request, document, items: document ? itemsOf(document.value) : [] };
  }

  /**
   * What is refused by the mapping is kept and answered like what is accepted, or the vendor would send it forever.
   * @throws Problem `too-large`, `unavailable` (not kept yet: to be sent again)
   */
  async take(believed: Believed, arrival: Arrival): Promise<WebhookReceipt> {
    const { source, row, request, document } = believed;
    const name = deliveryName(row.scheme, request, document?.value);
    if (await this.deliveries.knows(source.sourceId, name)) {
      return { accepted: 0, held: 0, rejected: [], repeated: true };
    }
    const marks = marksOf(row, request);
    const marked = Object.keys(marks).length === 0 ? arrival : { ...arrival, shared: { ...marks } };
    const receipt = await this.intake.accept(marked, this.map(believed, marked, marks));
    // After the send: a delivery that is remembered, but did not reach Kafka, would be lost with the vendor's retry.
    await this.deliveries.remember(source.sourceId, name, row.rememberS);
    return receipt;
  }

  /** Whether there is such an address: for vendors that ask before they send. @throws Problem `not-found`, `gone` */
  async open(vendor: string, sourceId: string): Promise<WebhookSource> {
    const source = await this.sources.find(sourceId);
    if (!source || source.vendor !== (vendor as WebhookVendor)) {
      throw new Problem('not-found', 'There is no webhook at this address.');
    }
    if (source.state === 'revoked') throw new Problem('gone', 'This source is revoked: nothing is taken any more.');
    if (source.state === 'active') return source;
    const reason = source.state === 'closed' ? 'its import is closed' : `it is ${source.state}`;
    throw new Problem('forbidden', `This source takes no events: ${reason}.`);
  }

  private checked(row: VendorRow, source: WebhookSource, request: SignedRequest, nowMs: number) {
    const secrets = source.secrets.filter(({ expiresMs }) => expiresMs === null || expiresMs > nowMs);
    const texts = secrets.map(({ text }) => text);
    const disbelief = verifySignature(row.scheme, request, texts, nowMs);
    if (disbelief) throw new Problem('unauthenticated', why[disbelief]);
    if (request.body.length > this.config.batchLimitBytes) {
      throw new Problem('too-large', `A webhook may have ${this.config.batchLimitBytes} bytes.`);
    }
    const document = parseDocument(request.body);
    const late = document && bodyTimeFault(row.scheme, document.value, nowMs);
    if (late) throw new Problem('unauthenticated', why[late]);
    return document;
  }

  private map(
    { source, row, request, document, items }: Believed,
    arrival: Arrival,
    marks: DeliveryMarks,
  ): IntakeItem[] {
    if (!document) return [unreadableItem(request.body)];
    if (items.length > this.config.batchLimitItems) {
      throw new Problem('too-large', `A webhook may have ${this.config.batchLimitItems} items.`);
    }
    const limitBytes = this.config.batchLimitBytes;
    const context = { row, mapping: source.mapping, arrival, marks, digest: fingerprint, limitBytes };
    return items
      .map((item) => deliveredItem(item, document, context))
      .filter((each): each is IntakeItem => each !== undefined);
  }
}

function marksOf(row: VendorRow, request: SignedRequest): DeliveryMarks {
  const { delivery } = row.scheme;
  const named = delivery?.in === 'header' ? request.headers[delivery.header] : undefined;
  const invocation = row.invocationHeader === undefined ? undefined : request.headers[row.invocationHeader];
  return {
    ...(typeof named === 'string' ? { delivery: named.slice(0, 200) } : {}),
    ...(typeof invocation === 'string' ? { invocation: invocation.slice(0, 150) } : {}),
  };
}

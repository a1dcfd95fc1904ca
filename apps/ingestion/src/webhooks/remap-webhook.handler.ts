import { Injectable, type OnModuleInit } from '@nestjs/common';

import { IngestionConfig } from '../ingestion.config';
import { fingerprint } from '../intake/accept-items.handler';
import type { Arrival, Refusal } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';
import { type WayIn, WaysIn } from '../intake/ways-in.domain';
import { FindWebhookHandler } from './find-webhook.handler';
import { type DeliveryMarks, deliveredItem } from './read-delivery.domain';
import { vendorTable } from './vendors.domain';

const gone: Refusal = { code: 'not-mapped', pointer: '', detail: 'The item tells nothing by the mapping of today.' };

/** Takes a refused item of a webhook through the mapping of today; its identity is the one that it had. */
@Injectable()
export class RemapWebhookHandler implements WayIn, OnModuleInit {
  readonly way = 'webhook';

  constructor(
    private readonly ways: WaysIn,
    private readonly sources: FindWebhookHandler,
    private readonly config: IngestionConfig,
  ) {}

  onModuleInit(): void {
    this.ways.add(this);
  }

  async remap(item: unknown, arrival: Arrival): Promise<IntakeItem> {
    const source = await this.sources.find(arrival.sourceId);
    const marks = (arrival.shared ?? {}) as DeliveryMarks;
    if (!source) return { outcome: gone, id: null, type: null, body: item, raw: item };
    const document = { value: item, bytes: 0, suspicious: false };
    const mapped = deliveredItem(item, document, {
      row: vendorTable[source.vendor],
      mapping: source.mapping,
      arrival,
      marks,
      digest: fingerprint,
      limitBytes: this.config.batchLimitBytes,
    });
    return mapped ?? { outcome: gone, id: null, type: null, body: item, raw: item };
  }
}

import { Injectable } from '@nestjs/common';

import { IngestionConfig } from '../ingestion.config';
import type { Arrival } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';
import { type WayIn, WaysIn } from '../intake/ways-in.domain';
import { SourceSettingsHandler } from '../limits/source-settings.handler';
import { fieldsOf } from './call.domain';
import { batchItems } from './read-calls.domain';

/** A call that was refused, mapped again: as the only one of its batch. */
@Injectable()
export class RemapCallHandler implements WayIn {
  readonly way = 'segment';

  constructor(
    private readonly config: IngestionConfig,
    private readonly settings: SourceSettingsHandler,
    ways: WaysIn,
  ) {
    ways.add(this);
  }

  async remap(call: unknown, arrival: Arrival, fallbackId: string): Promise<IntakeItem> {
    const own = await this.settings.applied(arrival);
    const batch = { ...fieldsOf(arrival.shared), batch: [call] };
    const { eventLimitBytes } = this.config;
    // How large it was is not kept: it is measured.
    const document = { value: batch, bytes: Infinity, suspicious: true };
    const [item] = batchItems(batch, document, own, () => fallbackId, eventLimitBytes);
    if (!item) throw new Error('A batch of one call is one item.');
    return item;
  }
}

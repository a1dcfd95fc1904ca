import { Injectable } from '@nestjs/common';

import { IngestionConfig } from '../ingestion.config';
import type { Arrival } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';
import { type WayIn, WaysIn } from '../intake/ways-in.domain';
import { SourceSettingsHandler } from '../limits/source-settings.handler';
import { captureItem } from './read-captures.domain';

/** An event of PostHog's that was refused, mapped again with the settings of today. */
@Injectable()
export class RemapCaptureHandler implements WayIn {
  readonly way = 'posthog';

  constructor(
    private readonly config: IngestionConfig,
    private readonly settings: SourceSettingsHandler,
    ways: WaysIn,
  ) {
    ways.add(this);
  }

  async remap(item: unknown, arrival: Arrival, fallbackId: string): Promise<IntakeItem> {
    const own = await this.settings.applied(arrival);
    // How large it was is not kept: it is measured.
    const document = { value: item, bytes: Infinity, suspicious: true };
    return captureItem(item, document, own, () => fallbackId, this.config.eventLimitBytes);
  }
}

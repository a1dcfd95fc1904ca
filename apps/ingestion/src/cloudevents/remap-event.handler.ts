import { Injectable } from '@nestjs/common';

import { IngestionConfig } from '../ingestion.config';
import type { Arrival } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';
import { type WayIn, WaysIn } from '../intake/ways-in.domain';
import { eventItem } from './read-events.domain';

/** A CloudEvent that was refused, mapped again. */
@Injectable()
export class RemapEventHandler implements WayIn {
  readonly way = 'cloudevents';

  constructor(
    private readonly config: IngestionConfig,
    ways: WaysIn,
  ) {
    ways.add(this);
  }

  remap(event: unknown, arrival: Arrival): IntakeItem {
    const document = { value: event, bytes: Infinity, suspicious: true };
    return eventItem(event, document, arrival, this.config.eventLimitBytes);
  }
}

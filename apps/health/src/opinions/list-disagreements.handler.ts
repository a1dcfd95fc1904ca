import { Injectable } from '@nestjs/common';
import type { DisagreementsBody } from '@tenure/contracts';
import { Clock, Database } from '@tenure/platform';

import { PulseReadModel } from './pulse.read-model';

/** Where a person and the score disagree: for the leader to look at, never averaged away. */
@Injectable()
export class ListDisagreementsHandler {
  constructor(
    private readonly database: Database,
    private readonly pulses: PulseReadModel,
    private readonly clock: Clock,
  ) {}

  list(tenant: string): Promise<DisagreementsBody> {
    return this.database.read([tenant], async (tx) => ({
      items: await this.pulses.disagreements(tx, tenant, this.clock.now()),
      nextCursor: null,
    }));
  }
}

import { Injectable } from '@nestjs/common';

import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { Jobs } from '../jobs/jobs';
import { SeenIdsRepository } from './seen-ids.repository';

const windowDays = 35;
const atOnce = 20_000;
const dayMs = 86_400_000;

/** Forgets identities that have left the published window, a little at a time. */
@Injectable()
export class ForgetSeenIdsJob {
  constructor(
    private readonly database: Database,
    private readonly seenIds: SeenIdsRepository,
    private readonly clock: Clock,
    jobs: Jobs,
  ) {
    jobs.repeat('forget-seen-ids', '17 * * * *', () => this.run());
  }

  private async run(): Promise<void> {
    const before = Math.floor(this.clock.now().getTime() / dayMs) - windowDays;
    let gone = atOnce;
    while (gone === atOnce) gone = await this.database.system((tx) => this.seenIds.forgetBefore(tx, before, atOnce));
  }
}

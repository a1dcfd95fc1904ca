import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, Logger } from '@tenure/platform';

import { Observers } from '../intake/observers.domain';
import { VolumeTally } from './volume-tally.domain';
import { VolumeRepository } from './volume.repository';

const writeEveryMs = 5_000;
const tenantsAtOnce = 200;

/**
 * Counts what every source sends: in memory, written every five seconds. A crash loses that much of the counts (never of
 * the events).
 */
@Injectable()
export class CountVolumeHandler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly tally = new VolumeTally();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly repository: VolumeRepository,
    private readonly logger: Logger,
    observers: Observers,
  ) {
    observers.add((arrival, items, { receipt }) => this.tally.note(arrival, items, receipt));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.write(), writeEveryMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  /** Everything counted so far stands in the database afterwards, unless that is away: then it waits. */
  write(): Promise<void> {
    return (this.writing = this.writing.then(() => this.writeTaken()));
  }

  private async writeTaken(): Promise<void> {
    const { hours, types } = this.tally.take();
    const tenants = [...new Set(hours.map((each) => each.tenantId))];
    for (let at = 0; at < tenants.length; at += tenantsAtOnce) {
      const some = new Set(tenants.slice(at, at + tenantsAtOnce));
      const own = hours.filter((each) => some.has(each.tenantId));
      try {
        await this.database.write([...some], async (tx) => {
          await this.repository.add(tx, own);
          await this.repository.addTypes(
            tx,
            types.filter((each) => some.has(each.tenantId)),
          );
        });
      } catch (error) {
        this.tally.giveBack(own);
        this.logger.debug('Volume of sources waits', { err: error });
      }
    }
  }
}

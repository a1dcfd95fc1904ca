import { Injectable } from '@nestjs/common';
import { Clock, Database, Logger } from '@tenure/platform';

import { within } from '../directory/find-accounts.handler';
import { WebhooksReadModel } from './webhooks.read-model';
import { WebhooksRepository } from './webhooks.repository';

/** Longer than any vendor of the table goes on trying, and than any tolerance. */
const usualMemoryS = 3 * 86_400;
/** No vendor waits long for an answer: without Postgres an event's own id keeps a second copy from counting. */
const patienceMs = 2_000;
const portion = 5_000;

/** Which deliveries have been here. */
@Injectable()
export class RememberDeliveriesHandler {
  constructor(
    private readonly database: Database,
    private readonly readModel: WebhooksReadModel,
    private readonly repository: WebhooksRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Never throws: with the database away nothing is known. */
  async knows(sourceId: string, name: string): Promise<boolean> {
    const now = this.clock.now();
    return this.patiently(
      () => this.database.system((tx) => this.readModel.wasDelivered(tx, sourceId, name, now)),
      false,
    );
  }

  /** Never throws: what is not remembered is sent again at worst, and dropped by its id. */
  async remember(sourceId: string, name: string, forS = usualMemoryS): Promise<void> {
    const now = this.clock.now();
    const forgetAt = new Date(now.getTime() + forS * 1_000);
    await this.patiently(
      () => this.database.system((tx) => this.repository.delivered(tx, sourceId, name, now, forgetAt)),
      undefined,
    );
  }

  async forgetOld(): Promise<void> {
    const now = this.clock.now();
    let gone: number;
    do gone = await this.database.system((tx) => this.repository.forgetDeliveries(tx, now, portion));
    while (gone === portion);
  }

  private async patiently<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await within(patienceMs, work());
    } catch (error) {
      this.logger.warn('Deliveries of webhooks cannot be compared with earlier ones', { err: error });
      return otherwise;
    }
  }
}

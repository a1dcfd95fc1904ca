import { Injectable } from '@nestjs/common';
import { Clock, Database, type Tx } from '@tenure/platform';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { QueueRepository } from '../deliveries/queue.repository';
import type { Destination } from './destination.domain';
import { DestinationsReadModel } from './destinations.read-model';
import { DestinationsRepository } from './destinations.repository';
import { noDestination } from './manage-destinations.handler';

/** What a change of state reads and writes. */
@Injectable()
export class StateStores {
  constructor(
    readonly reader: DestinationsReadModel,
    readonly writer: DestinationsRepository,
    readonly queue: QueueRepository,
    readonly deliveries: DeliveriesRepository,
  ) {}
}

/** Pauses, resumes and removes destinations, with what waits for them. */
@Injectable()
export class ChangeStateHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: StateStores,
    private readonly clock: Clock,
  ) {}

  /** What waits is kept and not sent. A disabled destination stays disabled. */
  pause(tenantId: string, id: string): Promise<Destination> {
    return this.withLocked(tenantId, id, async (tx, destination) => {
      if (destination.state !== 'active') return;
      await this.stores.writer.setState(tx, destination, 'paused', null);
      await this.stores.queue.shift(tx, tenantId, id, 'infinity');
    });
  }

  /** What waits is sent now; it is also how a disabled destination is taken up again. */
  resume(tenantId: string, id: string): Promise<Destination> {
    return this.withLocked(tenantId, id, async (tx, destination) => {
      if (destination.state === 'active') return;
      await this.stores.writer.setState(tx, destination, 'active', null);
      await this.stores.queue.shift(tx, tenantId, id, this.clock.now());
    });
  }

  /** What waits fails; the log of what was sent stays until it is forgotten. */
  async remove(tenantId: string, id: string): Promise<void> {
    await this.database.write([tenantId], async (tx) => {
      const destination = await this.stores.reader.byId(tx, tenantId, id, true);
      if (!destination) throw noDestination(id);
      const waiting = await this.stores.queue.clear(tx, tenantId, id);
      await this.stores.deliveries.setStatuses(tx, tenantId, waiting, 'failed', null);
      await this.stores.writer.remove(tx, destination);
    });
  }

  private withLocked(
    tenantId: string,
    id: string,
    work: (tx: Tx, destination: Destination) => Promise<void>,
  ): Promise<Destination> {
    return this.database.write([tenantId], async (tx) => {
      const destination = await this.stores.reader.byId(tx, tenantId, id, true);
      if (!destination) throw noDestination(id);
      await work(tx, destination);
      return (await this.stores.reader.byId(tx, tenantId, id)) ?? destination;
    });
  }
}

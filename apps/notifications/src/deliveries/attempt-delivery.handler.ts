import { Injectable } from '@nestjs/common';
import { Clock, Database, type Tx } from '@tenure/platform';
import { SendMessageHandler } from '../channels/send-message.handler';
import type { Destination, Secrets } from '../destinations/destination.domain';
import { DestinationsReadModel } from '../destinations/destinations.read-model';
import { DestinationsRepository } from '../destinations/destinations.repository';
import { DeliveriesReadModel } from './deliveries.read-model';
import { DeliveriesRepository } from './deliveries.repository';
import { judge, type Message, type Outcome, type Verdict } from './delivery.domain';
import { QueueRepository, type Claim } from './queue.repository';

/** What an attempt reads and writes. */
@Injectable()
export class DeliveryStores {
  constructor(
    readonly deliveries: DeliveriesRepository,
    readonly log: DeliveriesReadModel,
    readonly queue: QueueRepository,
    readonly destinations: DestinationsRepository,
    readonly directory: DestinationsReadModel,
  ) {}
}

interface Loaded {
  readonly destination: Destination;
  readonly secrets: Secrets;
  readonly message: Message;
}

/**
 * One attempt: read, send outside of any transaction, record. A process that dies between leaves its lease, and the
 * attempt is made again with the same id.
 */
@Injectable()
export class AttemptDeliveryHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: DeliveryStores,
    private readonly sender: SendMessageHandler,
    private readonly clock: Clock,
  ) {}

  /** @param stop aborts what is under way; nothing is recorded then, and the delivery is given back */
  async attempt(claim: Claim, stop: AbortSignal): Promise<void> {
    const loaded = await this.database.read([claim.tenantId], (tx) => this.load(tx, claim));
    if (!loaded) return this.drop(claim);
    const startedAt = this.clock.now();
    const began = performance.now();
    const outcome = await this.sender.send(loaded.destination, loaded.secrets, loaded.message, stop);
    if (stop.aborted && outcome.result !== 'delivered') return this.giveBack(claim);
    const ms = Math.round(performance.now() - began);
    await this.database.write([claim.tenantId], (tx) => this.record(tx, claim, outcome, startedAt, ms));
  }

  private async load(tx: Tx, claim: Claim): Promise<Loaded | undefined> {
    const destination = await this.stores.directory.byId(tx, claim.tenantId, claim.destinationId);
    const message = await this.stores.log.message(tx, claim);
    if (!destination || !message || destination.state !== 'active') return undefined;
    const secrets = await this.stores.directory.secrets(tx, claim.tenantId, claim.destinationId, this.clock.now());
    return { destination, secrets, message };
  }

  private async record(tx: Tx, claim: Claim, outcome: Outcome, at: Date, ms: number): Promise<void> {
    const destination = await this.stores.directory.byId(tx, claim.tenantId, claim.destinationId, true);
    if (!(await this.stores.queue.stillHeld(tx, claim)) || !destination) return;
    await this.stores.deliveries.addAttempt(tx, claim, outcome, at, ms);
    const verdict = judge(outcome, claim.attempts + 1, destination, this.clock.now(), Math.random());
    await this.stores.deliveries.setStatus(tx, claim, verdict.status, verdict.nextAttemptAt);
    if (verdict.nextAttemptAt) await this.stores.queue.postpone(tx, claim, verdict.nextAttemptAt);
    else await this.stores.queue.remove(tx, claim.tenantId, [claim.deliveryId]);
    await this.markDestination(tx, destination, verdict);
  }

  private async markDestination(tx: Tx, destination: Destination, verdict: Verdict): Promise<void> {
    if (verdict.failingSince?.getTime() !== destination.failingSince?.getTime())
      await this.stores.destinations.setFailingSince(tx, destination, verdict.failingSince);
    if (!verdict.disable) return;
    await this.stores.destinations.setState(tx, destination, 'disabled', verdict.disable);
    const waiting = await this.stores.queue.clear(tx, destination.tenantId, destination.destinationId);
    await this.stores.deliveries.setStatuses(tx, destination.tenantId, waiting, 'failed', null);
  }

  /** The destination or the delivery is gone, paused or disabled since it was claimed. */
  private async drop(claim: Claim): Promise<void> {
    await this.database.write([claim.tenantId], async (tx) => {
      const destination = await this.stores.directory.byId(tx, claim.tenantId, claim.destinationId, true);
      if (destination?.state === 'paused') return this.stores.queue.park(tx, claim);
      if (destination?.state === 'active') return this.stores.queue.release(tx, [claim]);
      await this.stores.queue.remove(tx, claim.tenantId, [claim.deliveryId]);
      return this.stores.deliveries.setStatus(tx, claim, 'failed', null);
    });
  }

  private async giveBack(claim: Claim): Promise<void> {
    await this.database.system((tx) => this.stores.queue.release(tx, [claim]));
  }
}

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Envelope, RiskAlert } from '@tenure/contracts';
import type { BatchContext, Tx } from '@tenure/platform';
import { DeliveriesReadModel } from '../deliveries/deliveries.read-model';
import { DeliveriesRepository, type NewDelivery } from '../deliveries/deliveries.repository';
import { webhookIdOf } from '../deliveries/delivery.domain';
import { QueueRepository } from '../deliveries/queue.repository';
import type { Destination } from '../destinations/destination.domain';
import { DestinationsReadModel } from '../destinations/destinations.read-model';
import { KnownAlertsRepository } from './known-alerts.repository';
import { byCause, type CauseGroup, memberName, route, type Routed } from './routing.domain';

/** How long the first alert of a cause waits for the others. */
const gatherMs = 60_000;
/** How long further alerts of a cause are not told one by one. */
const groupMs = 24 * 3_600_000;

interface Planned {
  readonly delivery: NewDelivery;
  readonly destination: Destination;
}

/** Turns changes of alerts into deliveries, in the consumer's transaction: routed once, whatever is repeated. */
@Injectable()
export class RouteAlertsHandler {
  constructor(
    private readonly destinations: DestinationsReadModel,
    private readonly log: DeliveriesReadModel,
    private readonly deliveries: DeliveriesRepository,
    private readonly queue: QueueRepository,
    private readonly alerts: KnownAlertsRepository,
  ) {}

  async handle({ tx, now }: BatchContext, all: readonly Envelope<RiskAlert>[]): Promise<void> {
    const batch = await this.alerts.withoutForgotten(tx, all);
    await this.alerts.fold(tx, batch);
    const destinations = await this.destinations.ofTenants(tx, tx.tenants);
    if (destinations.length === 0) return;
    const byEvent = new Map(batch.map((event) => [eventKey(event.tenantid, event.id), event]));
    const events = batch.map((event) => ({ tenantId: event.tenantid, eventId: event.id, alert: event.data }));
    const alertIds = [...new Set(events.map((event) => event.alert.alertId))];
    const told = await this.log.told(tx, tx.tenants, alertIds);
    const plan = (routed: Routed): Planned[] => {
      const event = byEvent.get(eventKey(routed.event.tenantId, routed.event.eventId));
      return event ? [{ delivery: deliveryOf(routed, event), destination: routed.destination }] : [];
    };
    const { alone, groups } = byCause(route(events, destinations, told));
    await this.keep(tx, alone.flatMap(plan), now);
    for (const group of groups) await this.tellTogether(tx, group, plan, now);
  }

  /**
   * The first of a cause waits a minute for the others, who join its message. Once it is sent, the day's further ones are
   * in the console and in the digest: a hundred messages about one incident help nobody.
   */
  private async tellTogether(
    tx: Tx,
    { causeId, lead, others }: CauseGroup,
    plan: (routed: Routed) => Planned[],
    now: Date,
  ): Promise<void> {
    const { tenantId, destinationId } = lead.destination;
    const known = await this.log.leadOf(tx, { tenantId, destinationId }, causeId, new Date(now.getTime() - groupMs));
    if (known) {
      await this.deliveries.join(tx, { tenantId, deliveryId: known }, [lead, ...others].map(memberName));
      return;
    }
    const [planned] = plan(lead);
    if (!planned) return;
    await this.keep(tx, [planned], now, new Date(now.getTime() + gatherMs));
    await this.deliveries.join(tx, { tenantId, deliveryId: planned.delivery.deliveryId }, others.map(memberName));
  }

  private async keep(tx: Tx, planned: readonly Planned[], now: Date, from = now): Promise<void> {
    const added = await this.deliveries.add(
      tx,
      planned.map((each) => each.delivery),
      now,
    );
    const fresh = planned.filter(({ delivery }) => delivery.status === 'pending' && added.has(delivery.deliveryId));
    for (const [paused, dueAt] of [[false, from] as const, [true, 'infinity'] as const]) {
      const waiting = fresh.filter(({ destination }) => (destination.state === 'paused') === paused);
      await this.queue.add(
        tx,
        waiting.map(({ delivery, destination }) => ({ ...delivery, kind: destination.kind })),
        dueAt,
      );
    }
  }
}

const eventKey = (tenantId: string, eventId: string): string => `${tenantId}\n${eventId}`;

function deliveryOf({ destination, queued }: Routed, event: Envelope<RiskAlert>): NewDelivery {
  const deliveryId = `dlv_${randomUUID()}`;
  return {
    tenantId: event.tenantid,
    deliveryId,
    destinationId: destination.destinationId,
    accountId: event.data.accountId,
    alertId: event.data.alertId,
    eventId: event.id,
    webhookId: webhookIdOf(event.id, deliveryId),
    type: event.type,
    eventTime: event.time,
    data: event.data,
    status: queued ? 'pending' : 'failed',
  };
}

import { Injectable } from '@nestjs/common';
import type { EventHeld } from '@tenure/contracts';
import { Clock, Database, Producer } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { fingerprint } from '../intake/accept-items.handler';
import { type EncodedRecord, RecordEncoder } from '../intake/record.domain';
import { expiredPrefix } from '../rejects/expired.domain';
import { type FiledEvent, HeldRepository } from './held.repository';

const atOnce = 500;
const dayMs = 86_400_000;

/** Rejects what has waited too long, or is too much, with `account-unknown`: it is never dropped without a word. */
@Injectable()
export class ExpireHeldHandler {
  constructor(
    private readonly database: Database,
    private readonly repository: HeldRepository,
    private readonly producer: Producer,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
  ) {}

  /** Answers how many were rejected. */
  async expire(tenantId: string): Promise<number> {
    let rejected = 0;
    for (let taken = atOnce; taken === atOnce; rejected += taken) taken = await this.expireSome(tenantId);
    return rejected;
  }

  private expireSome(tenantId: string): Promise<number> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - this.config.heldDays * dayMs);
    return this.database.write([tenantId], async (tx) => {
      const taken = await this.repository.takeExpired(tx, tenantId, before, this.config.heldCapacity, atOnce);
      await this.producer.send(taken.map((each) => rejection(tenantId, each, now)));
      return taken.length;
    });
  }
}

function rejection(tenantId: string, { event }: FiledEvent, now: Date): EncodedRecord {
  const { sourceId } = event;
  const arrival = { tenantId, sourceId, importing: false, receivedMs: now.getTime(), way: 'cloudevents' } as const;
  const detail = 'No account became known for this event while it was held.';
  return new RecordEncoder(arrival, undefined, fingerprint).rejected(`${expiredPrefix}${event.heldId}`, {
    refusal: { code: 'account-unknown', pointer: '', detail },
    index: null,
    id: event.eventId,
    type: event.type,
    body: asCloudEvent(event),
  });
}

/** Whatever way it came: as a CloudEvent it can be replayed, with the identity and the times it has. */
function asCloudEvent(event: EventHeld): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: event.eventId,
    source: event.eventSource,
    type: event.type,
    time: event.time,
    ...(event.knownAt ? { knownat: event.knownAt } : {}),
    ...(event.sequence ? { sequence: event.sequence } : {}),
    ...(event.traceparent ? { traceparent: event.traceparent } : {}),
    data: { ...event.data, ...event.reference },
  };
}

import { Injectable } from '@nestjs/common';
import { type EventDefinition, partitionKey } from '@tenure/contracts';

import { Clock } from '../clock/clock';
import { ServiceConfig } from '../config/service.config';
import type { Tx } from '../database/tx';
import { currentTraceparent } from '../messaging/messaging-telemetry';

/** An event that a service publishes. */
export interface OutgoingEvent<T> {
  readonly tenant: string;
  /** The account it is about, which with the tenant is the key; what is not an account's has a key of its own (`source/{id}`). */
  readonly account: string;
  /** Identity: the same event gets the same id, however often it is published. */
  readonly id: string;
  /** When what it tells of happened. */
  readonly time: Date;
  readonly data: T;
  /** Default: `/services/<service>`. */
  readonly source?: string;
  /** `traceparent` of what caused it; default: the active span's. */
  readonly traceparent?: string | undefined;
}

/** Events to publish, written with the state they tell of: both are committed, or neither. */
@Injectable()
export class Outbox {
  constructor(
    private readonly config: ServiceConfig,
    private readonly clock: Clock,
  ) {}

  /** Queues one event. */
  add<T>(tx: Tx, definition: EventDefinition<T>, event: OutgoingEvent<T>): Promise<void> {
    return this.addMany(tx, [{ definition, event }]);
  }

  /** Queues several, in this order, in one statement. */
  async addMany<T>(
    tx: Tx,
    list: readonly { readonly definition: EventDefinition<T>; readonly event: OutgoingEvent<T> }[],
  ): Promise<void> {
    if (list.length === 0) return;
    const now = this.clock.now();
    const rows = list.map(({ definition, event }) => this.row(definition, event, now));
    await tx.query(
      `with queued as (
         insert into system.outbox (topic, key, value, headers, record_time)
         select r.topic, r.key, r.value, r.headers::jsonb, $5
         from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality as r(topic, key, value, headers, n) order by r.n
       ) select pg_notify('tenure_outbox', '')`,
      [
        rows.map((row) => row.topic),
        rows.map((row) => row.key),
        rows.map((row) => row.value),
        rows.map((row) => JSON.stringify(row.headers)),
        now,
      ],
    );
  }

  private row<T>(definition: EventDefinition<T>, event: OutgoingEvent<T>, now: Date) {
    const key = partitionKey(event.tenant, event.account);
    const traceparent = event.traceparent ?? currentTraceparent();
    const envelope = {
      specversion: '1.0',
      id: event.id,
      source: event.source ?? `/services/${this.config.service}`,
      type: definition.type,
      subject: event.account,
      time: event.time.toISOString(),
      datacontenttype: 'application/json',
      tenantid: event.tenant,
      partitionkey: key,
      receivedat: now.toISOString(),
      ...(traceparent === undefined ? {} : { traceparent }),
      data: event.data,
    };
    return {
      topic: definition.topic.name,
      key,
      value: JSON.stringify(envelope),
      headers: {
        'content-type': 'application/cloudevents+json',
        ...(traceparent === undefined ? {} : { traceparent }),
      },
    };
  }
}

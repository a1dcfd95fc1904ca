import { Injectable } from '@nestjs/common';
import { currentTraceparent, Producer } from '@tenure/platform';

import { FindAccountsHandler } from '../directory/find-accounts.handler';
import { LearnAccountsHandler } from '../directory/learn-accounts.handler';
import { fingerprint } from '../intake/accept-items.handler';
import { type Arrival, isRefusal } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';
import { type EncodedRecord, RecordEncoder } from '../intake/record.domain';
import { settleItems } from '../intake/settle-items.domain';

/** An item and the request it came with, each item with one of its own. */
export interface Arrived {
  readonly arrival: Arrival;
  readonly item: IntakeItem;
}

export type Outcome = 'accepted' | 'held' | 'rejected';

/** The way of every item, for items of different requests: learn → find → encode → one send. */
@Injectable()
export class PublishReplayHandler {
  constructor(
    private readonly learner: LearnAccountsHandler,
    private readonly finder: FindAccountsHandler,
    private readonly producer: Producer,
  ) {}

  /** What became of each; what is refused (again) is not sent. Throws `Problem('unavailable')` where Kafka is away. */
  async publish(tenantId: string, arrived: readonly Arrived[]): Promise<Outcome[]> {
    const mapped = arrived.flatMap(({ item }) => (isRefusal(item.outcome) ? [] : [item.outcome]));
    await this.learner.learn(
      tenantId,
      mapped.flatMap((each) => each.statements),
    );
    const keys = new Set(mapped.flatMap((each) => each.events.flatMap((event) => event.references)));
    const found = keys.size === 0 ? new Map() : await this.finder.find(tenantId, keys);
    const records: EncodedRecord[] = [];
    const outcomes = arrived.map(({ arrival, item }): Outcome => {
      if (isRefusal(item.outcome)) return 'rejected';
      const encoder = new RecordEncoder(arrival, currentTraceparent(), fingerprint);
      const settled = settleItems([item], found, encoder, () => '');
      records.push(...settled.records);
      return settled.receipt.accepted === 1 ? 'accepted' : 'held';
    });
    if (records.length > 0) await this.producer.send(records);
    return outcomes;
  }
}

import { createHash, randomUUID } from 'node:crypto';

import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { ReceiptBody } from '@tenure/contracts';
import { currentTraceparent, Producer } from '@tenure/platform';

import { FindAccountsHandler } from '../directory/find-accounts.handler';
import { LearnAccountsHandler } from '../directory/learn-accounts.handler';
import { IntakeCounts } from '../limits/intake-counts.handler';
import { type Arrival, isRefusal } from './candidate.domain';
import type { IntakeItem } from './item.domain';
import { Observers } from './observers.domain';
import { RecordEncoder } from './record.domain';
import type { ReferenceKey } from './reference.domain';
import { type Found, type Settled, settleItems } from './settle-items.domain';

/**
 * The way of every item, whatever door it came through: learn → find its account → encode → one send. It resolves once
 * Kafka has everything that was accepted, held and refused; then, and only then, may the request be answered with 2xx.
 */
@Injectable()
export class AcceptItemsHandler implements OnApplicationBootstrap {
  constructor(
    private readonly learner: LearnAccountsHandler,
    private readonly finder: FindAccountsHandler,
    private readonly producer: Producer,
    private readonly observers: Observers,
    private readonly counts: IntakeCounts,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.producer.connect();
  }

  /** Throws `Problem('unavailable')` where Kafka (or for a membership the database) is away. */
  async accept(arrival: Arrival, items: readonly IntakeItem[]): Promise<ReceiptBody> {
    const found = await this.lookUp(arrival.tenantId, items);
    const encoder = new RecordEncoder(arrival, currentTraceparent(), fingerprint);
    const settled = settleItems(items, found, encoder, randomUUID);
    await this.send(arrival, settled.records);
    this.observers.tell(arrival, items, settled);
    return settled.receipt;
  }

  /** What `accept` would answer now. Nothing is learned, nothing is sent. */
  async weigh(arrival: Arrival, items: readonly IntakeItem[]): Promise<ReceiptBody> {
    const found = await this.find(arrival.tenantId, items);
    return settleItems(items, found, new RecordEncoder(arrival, undefined, fingerprint), randomUUID).receipt;
  }

  private async send(arrival: Arrival, records: Settled['records']): Promise<void> {
    try {
      await this.producer.send(records);
    } catch (error) {
      this.counts.refused(arrival, 'unavailable');
      throw error;
    }
  }

  private async lookUp(tenantId: string, items: readonly IntakeItem[]): Promise<Found> {
    const statements = items.flatMap(({ outcome }) => (isRefusal(outcome) ? [] : outcome.statements));
    await this.learner.learn(tenantId, statements);
    return this.find(tenantId, items);
  }

  private find(tenantId: string, items: readonly IntakeItem[]): Promise<Found> {
    const keys = new Set<ReferenceKey>();
    for (const { outcome } of items) {
      if (isRefusal(outcome)) continue;
      for (const event of outcome.events) for (const key of event.references) keys.add(key);
    }
    return keys.size === 0 ? Promise.resolve(new Map()) : this.finder.find(tenantId, keys);
  }
}

/** 192 bits of a text's SHA-256, as 32 characters that may stand in ids. */
export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 32);

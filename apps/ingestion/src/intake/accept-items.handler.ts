import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { ReceiptBody } from '@tenure/contracts';
import { currentTraceparent, Producer } from '@tenure/platform';

import { FindAccountsHandler } from '../directory/find-accounts.handler';
import { LearnAccountsHandler } from '../directory/learn-accounts.handler';
import { accountAsOf, type Stay } from '../directory/membership.domain';
import { type Arrival, type Candidate, isRefusal, type Mapped } from './candidate.domain';
import type { IntakeItem } from './item.domain';
import { type EncodedRecord, RecordEncoder, type RefusedItem } from './record.domain';
import type { ReferenceKey } from './reference.domain';

type Found = ReadonlyMap<ReferenceKey, readonly Stay[]>;

/**
 * The way of every item, whatever door it came through: learn → find its account → encode → one send. It resolves once
 * Kafka has everything that was accepted, held and refused; then, and only then, may the request be answered with 2xx.
 */
@Injectable()
export class AcceptItemsHandler {
  constructor(
    private readonly learner: LearnAccountsHandler,
    private readonly finder: FindAccountsHandler,
    private readonly producer: Producer,
  ) {}

  /** Throws `Problem('unavailable')` where Kafka (or for a membership the database) is away. */
  async accept(arrival: Arrival, items: readonly IntakeItem[]): Promise<ReceiptBody> {
    const found = await this.lookUp(arrival.tenantId, items);
    const encoder = new RecordEncoder(arrival, currentTraceparent());
    const records: EncodedRecord[] = [];
    const receipt: ReceiptBody = { accepted: 0, held: 0, rejected: [] };
    for (const [index, item] of items.entries()) {
      const { outcome } = item;
      if (isRefusal(outcome)) refuse({ ...item, refusal: outcome, index }, encoder, records, receipt);
      else place(outcome, found, encoder, records, receipt);
    }
    await this.producer.send(records);
    return receipt;
  }

  private async lookUp(tenantId: string, items: readonly IntakeItem[]): Promise<Found> {
    const statements = items.flatMap(({ outcome }) => (isRefusal(outcome) ? [] : outcome.statements));
    await this.learner.learn(tenantId, statements);
    const keys = new Set<ReferenceKey>();
    for (const { outcome } of items) {
      if (isRefusal(outcome)) continue;
      for (const event of outcome.events) for (const key of event.references) keys.add(key);
    }
    return keys.size === 0 ? new Map() : this.finder.find(tenantId, keys);
  }
}

function refuse(item: RefusedItem, encoder: RecordEncoder, records: EncodedRecord[], receipt: ReceiptBody): void {
  records.push(encoder.rejected(randomUUID(), item));
  receipt.rejected.push({ index: item.index ?? 0, id: item.id, ...item.refusal });
}

function place(
  mapped: Mapped,
  found: Found,
  encoder: RecordEncoder,
  records: EncodedRecord[],
  receipt: ReceiptBody,
): void {
  let held = false;
  for (const event of mapped.events) {
    const accountId = event.accountId ?? accountOf(event, found);
    held ||= accountId === undefined;
    records.push(
      accountId === undefined ? encoder.held(event, event.references[0] ?? '') : encoder.accepted(event, accountId),
    );
  }
  if (held) receipt.held += 1;
  else receipt.accepted += 1;
}

function accountOf(event: Candidate, found: Found): string | undefined {
  for (const key of event.references) {
    const stays = found.get(key);
    const accountId = stays && accountAsOf(stays, event.timeMs);
    if (accountId !== undefined) return accountId;
  }
  return undefined;
}

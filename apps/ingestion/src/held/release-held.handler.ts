import { Injectable } from '@nestjs/common';
import { eventByType } from '@tenure/contracts';
import { Producer, type Tx } from '@tenure/platform';

import { DirectoryReadModel } from '../directory/directory.read-model';
import { accountAsOf, type Stay } from '../directory/membership.domain';
import { type EncodedRecord, releasedRecord } from '../intake/record.domain';
import type { ReferenceKey } from '../intake/reference.domain';
import { type FiledEvent, HeldRepository } from './held.repository';

const atOnce = 500;

/**
 * Publishes waiting events whose account is known now, with the identity and times they came with. The record goes out
 * before the commit: a crash between the two repeats it under the same id, which receivers drop.
 */
@Injectable()
export class ReleaseHeldHandler {
  constructor(
    private readonly repository: HeldRepository,
    private readonly directory: DirectoryReadModel,
    private readonly producer: Producer,
  ) {}

  lock(tx: Tx, tenantId: string, references: readonly ReferenceKey[]): Promise<void> {
    return this.repository.lock(tx, tenantId, references);
  }

  /** Lets go what waits for these references and leads somewhere now; answers how many. Call it under their locks. */
  async release(tx: Tx, tenantId: string, references: readonly ReferenceKey[]): Promise<number> {
    const found = await this.directory.find(tx, tenantId, references);
    const known = [...found.keys()];
    let released = 0;
    for (let taken = known.length === 0 ? 0 : atOnce; taken === atOnce; released += taken) {
      const list = await this.repository.take(tx, tenantId, known, atOnce);
      taken = list.length;
      await this.producer.send(list.map((each) => recordOf(tenantId, each, found)));
    }
    return released;
  }

  /** As they arrive: those that lead somewhere by now go on at once, the others are filed. */
  async fileOrRelease(tx: Tx, tenantId: string, arrived: readonly FiledEvent[]): Promise<void> {
    const references = [...new Set(arrived.map((each) => each.reference))];
    await this.repository.lock(tx, tenantId, references);
    const found = await this.directory.find(tx, tenantId, references);
    await this.repository.file(
      tx,
      tenantId,
      arrived.filter((each) => !found.has(each.reference)),
    );
    await this.producer.send(
      arrived.filter((each) => found.has(each.reference)).map((each) => recordOf(tenantId, each, found)),
    );
  }
}

function recordOf(
  tenantId: string,
  { reference, event }: FiledEvent,
  found: ReadonlyMap<ReferenceKey, readonly Stay[]>,
): EncodedRecord {
  const definition = eventByType(event.type);
  const accountId = accountAsOf(found.get(reference) ?? [], Date.parse(event.time));
  // Both were checked before: the type when the event was held, the way when it was taken out.
  if (!definition || accountId === undefined) throw new Error(`A held event cannot be published: ${event.heldId}`);
  return releasedRecord(tenantId, definition, event, accountId);
}

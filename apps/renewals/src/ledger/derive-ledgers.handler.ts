import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { arrMoved, type ArrMoved, fromMinor } from '@tenure/contracts';
import { type AccountKey, accountName, Outbox, type Tx } from '@tenure/platform';
import { isoFromDay, zonedDay } from '@tenure/scoring';
import type { AccountStanding } from '../accounts/account-standing.read-model';
import { ArrLedgerRepository } from './arr-ledger.repository';
import { arrLedger } from './arr-ledger.domain';
import { type KeptMovement, ledgerChanges } from './ledger-changes.domain';

/** Derives the ARR ledgers of accounts, keeps them, and publishes what differs from before. */
@Injectable()
export class DeriveLedgersHandler {
  constructor(
    private readonly ledgers: ArrLedgerRepository,
    private readonly outbox: Outbox,
  ) {}

  async handle(tx: Tx, accounts: readonly AccountStanding[], now: Date): Promise<void> {
    const kept = await this.ledgers.load(
      tx,
      accounts.map(({ key }) => key),
    );
    const changes = accounts.flatMap(({ key, terms, timeZone }) => {
      const today = zonedDay(now.getTime(), timeZone);
      const before = kept.get(accountName(key)) ?? [];
      const changed = ledgerChanges(arrLedger(terms, today), before, { today, now: now.getTime() });
      return changed.map((movement) => ({ key, movementId: movementId(key, movement), movement }));
    });
    await this.ledgers.save(tx, changes);
    await this.outbox.addMany(
      tx,
      changes.map(({ key, movementId: id, movement }) => ({
        definition: arrMoved,
        event: {
          tenant: key.tenantId,
          account: key.accountId,
          id: `${id}.${movement.version}`,
          time: now,
          data: movedData(key.accountId, id, movement),
        },
      })),
    );
  }
}

/** Short, and the same for the same movement of the same account, whoever derives it. */
function movementId({ accountId }: AccountKey, { name }: KeptMovement): string {
  return createHash('sha256')
    .update(JSON.stringify([accountId, name]))
    .digest('hex')
    .slice(0, 32);
}

function movedData(accountId: string, id: string, movement: KeptMovement): ArrMoved {
  return {
    accountId,
    version: movement.version,
    movementId: id,
    date: isoFromDay(movement.day),
    kind: movement.kind,
    product: movement.product,
    contractId: movement.contractId,
    amount: fromMinor(movement.amountMinor, movement.currency),
    currency: movement.currency,
    arrAfter: fromMinor(movement.arrAfterMinor, movement.currency),
    reason: movement.reason,
    ...(movement.removed && { removed: true }),
  };
}

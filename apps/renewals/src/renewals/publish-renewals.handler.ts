import { Injectable } from '@nestjs/common';
import { renewalChanged, renewalClosed, renewalOpened } from '@tenure/contracts';
import { type AccountKey, Outbox, type Tx } from '@tenure/platform';
import type { RenewalChange } from './renewal-changes.domain';
import { historyEntry } from './renewal-history.domain';
import { RenewalRepository } from './renewal.repository';

/** A change of a renewal, whose it is, and who made it (`model`, or a person's name). */
export interface OwnedChange {
  readonly key: AccountKey;
  readonly by: string;
  readonly change: RenewalChange;
}

const definitions = { opened: renewalOpened, changed: renewalChanged, closed: renewalClosed };

/** Keeps changes of renewals with their history and publishes them: one place, whoever made them. */
@Injectable()
export class PublishRenewals {
  constructor(
    private readonly renewals: RenewalRepository,
    private readonly outbox: Outbox,
  ) {}

  async publish(tx: Tx, list: readonly OwnedChange[], now: Date): Promise<void> {
    await this.renewals.save(
      tx,
      list.map(({ key, change }) => ({ key, renewal: change.after })),
    );
    await this.renewals.keepChanges(
      tx,
      list.map(({ key, by, change: { before, after, why } }) => ({
        key,
        renewalId: after.renewalId,
        version: after.version,
        at: now,
        entry: historyEntry(by, why, before?.row ?? null, after.row),
      })),
    );
    await this.outbox.addMany(
      tx,
      list.map(({ key, change: { change, after } }) => ({
        definition: definitions[change],
        event: {
          tenant: key.tenantId,
          account: key.accountId,
          id: `${after.renewalId}.${after.version}`,
          time: now,
          data: { ...after.row, version: after.version, change },
        },
      })),
    );
  }
}

import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { accountName, type Tx } from '@tenure/platform';
import { zonedDay } from '@tenure/scoring';
import type { AccountStanding } from '../accounts/account-standing.read-model';
import { spansOf } from '../contracts/contract-span.domain';
import { leadOf } from './horizon.domain';
import { type OwnedChange, PublishRenewals } from './publish-renewals.handler';
import { type KeptRenewal, type RenewalChange, renewalChanges } from './renewal-changes.domain';
import { RenewalRepository } from './renewal.repository';

/** Opens, changes and closes the renewals of accounts as their contracts, their health and the day demand. */
@Injectable()
export class DeriveRenewalsHandler {
  constructor(
    private readonly renewals: RenewalRepository,
    private readonly publisher: PublishRenewals,
  ) {}

  async handle(tx: Tx, accounts: readonly AccountStanding[], now: Date): Promise<void> {
    const open = await this.renewals.open(
      tx,
      accounts.map(({ key }) => key),
    );
    const changes = accounts.flatMap((standing) =>
      changesOf(standing, open.get(accountName(standing.key)) ?? [], now).map((change): OwnedChange => ({
        key: standing.key,
        by: 'model',
        change,
      })),
    );
    await this.publisher.publish(tx, await this.reopened(tx, changes), now);
  }

  /** A renewal that was closed and is ahead again (a signature was taken back) goes on counting its versions. */
  private async reopened(tx: Tx, changes: readonly OwnedChange[]): Promise<OwnedChange[]> {
    const opening = changes.filter(({ change }) => change.change === 'opened');
    if (opening.length === 0) return [...changes];
    const known = await this.renewals.versions(
      tx,
      [...new Set(opening.map(({ key }) => key.tenantId))],
      opening.map(({ change }) => change.after.renewalId),
    );
    return changes.map((one) => {
      const version = known.get(`${one.key.tenantId}:${one.change.after.renewalId}`);
      if (one.change.change !== 'opened' || version === undefined) return one;
      return { ...one, change: { ...one.change, after: { ...one.change.after, version: version + 1 } } };
    });
  }
}

function changesOf(standing: AccountStanding, open: readonly KeptRenewal[], now: Date): RenewalChange[] {
  const { account, terms, proposals, health, timeZone } = standing;
  const today = zonedDay(now.getTime(), timeZone);
  const lead = leadOf(account.segment);
  const idOf = (name: string) => renewalId(account.accountId, name);
  return renewalChanges({ account, spans: spansOf(terms, today), proposals, health, lead, today, idOf }, open);
}

/** The same contracts with the same end give the same renewal, whoever derives it. */
function renewalId(accountId: string, name: string): string {
  return createHash('sha256')
    .update(JSON.stringify([accountId, name]))
    .digest('hex')
    .slice(0, 32);
}

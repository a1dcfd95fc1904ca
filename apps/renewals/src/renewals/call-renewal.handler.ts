import { Injectable } from '@nestjs/common';
import { type RenewalCallRequest, toMinor } from '@tenure/contracts';
import { type CallerIdentity, Clock, Database, lockAccounts, Problem, type Tx } from '@tenure/platform';
import { callRenewal, type Saying } from './call.domain';
import { PublishRenewals } from './publish-renewals.handler';
import { type OwnedRenewal, RenewalRepository } from './renewal.repository';

/** What people say of renewals. */
@Injectable()
export class CallRenewalHandler {
  constructor(
    private readonly database: Database,
    private readonly renewals: RenewalRepository,
    private readonly publisher: PublishRenewals,
    private readonly clock: Clock,
  ) {}

  /** Throws `not-found`, `conflict` (it is closed) or `invalid` (nothing was said; more decimals than the currency has). */
  call(caller: CallerIdentity, renewalId: string, request: RenewalCallRequest): Promise<void> {
    return this.database.write([caller.tenant], async (tx) => {
      const { key, renewal } = await this.hold(tx, caller.tenant, renewalId);
      if (!renewal.open) throw new Problem('conflict', 'This renewal is closed.');
      const now = this.clock.now();
      const by = { id: caller.subject, name: caller.name, email: caller.email };
      const as = caller.role === 'csm' ? 'csm' : 'manager';
      const change = callRenewal(renewal, sayingOf(request, renewal.facts.currency), by, as, now);
      await this.publisher.publish(tx, [{ key, by: caller.name ?? caller.email ?? caller.subject, change }], now);
    });
  }

  /** The account is locked before the renewal is read again: derivations take the same order. */
  private async hold(tx: Tx, tenant: string, renewalId: string): Promise<OwnedRenewal> {
    const found = await this.renewals.one(tx, tenant, renewalId);
    if (found) await lockAccounts(tx, [found.key]);
    const held = found && (await this.renewals.one(tx, tenant, renewalId));
    if (!held) throw new Problem('not-found', 'There is no such renewal.');
    return held;
  }
}

function sayingOf({ category, stage, amount, probability, why }: RenewalCallRequest, currency: string): Saying {
  if ([category, stage, amount, probability].every((each) => each === undefined))
    throw new Problem('invalid', 'Say at least one of category, stage, amount and probability.', { pointer: '' });
  return {
    why,
    ...(category !== undefined && { category }),
    ...(stage !== undefined && { stage }),
    ...(probability !== undefined && { probability }),
    ...(amount !== undefined && { amountMinor: minor(amount, currency) }),
  };
}

function minor(amount: number, currency: string): number {
  try {
    return toMinor(amount, currency);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('invalid', error.message, { pointer: '/amount' });
  }
}

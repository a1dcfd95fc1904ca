import { Injectable } from '@nestjs/common';
import { type AccountKey, armDue, type Tx } from '@tenure/platform';
import { zonedDay } from '@tenure/scoring';
import { CancelRiskRepository } from '../cancellations/cancel-risk.repository';
import { cancelRisks } from '../cancellations/cancel-risk.domain';
import { spansOf } from '../contracts/contract-span.domain';
import { DeriveLedgersHandler } from '../ledger/derive-ledgers.handler';
import { DeriveRenewalsHandler } from '../renewals/derive-renewals.handler';
import { leadOf, nextTurn } from '../renewals/horizon.domain';
import { renewalCandidates } from '../renewals/renewal-candidates.domain';
import { type AccountStanding, AccountStandingReadModel } from './account-standing.read-model';

export const termsDue = 'terms';

/** Brings ledger, renewals and cancel risks of accounts up to date with what is known of them now. The accounts are locked. */
@Injectable()
export class RefreshAccountsHandler {
  constructor(
    private readonly standings: AccountStandingReadModel,
    private readonly ledgers: DeriveLedgersHandler,
    private readonly renewals: DeriveRenewalsHandler,
    private readonly risks: CancelRiskRepository,
  ) {}

  async handle(tx: Tx, keys: readonly AccountKey[], now: Date): Promise<void> {
    if (keys.length === 0) return;
    const loaded = await this.standings.load(tx, keys);
    await this.ledgers.handle(tx, loaded, now);
    await this.renewals.handle(tx, loaded, now);
    const today = (one: AccountStanding) => zonedDay(now.getTime(), one.timeZone);
    await this.risks.replace(
      tx,
      loaded.map((one) => ({
        key: one.key,
        risks: cancelRisks(spansOf(one.terms, today(one)), one.health, today(one)),
      })),
    );
    await armDue(
      tx,
      loaded.flatMap((one) => {
        const at = turnAfter(one, today(one));
        return at === null ? [] : [{ ...one.key, kind: termsDue, dueAt: new Date(at) }];
      }),
    );
  }
}

function turnAfter({ terms, account, timeZone }: AccountStanding, today: number): number | null {
  const spans = spansOf(terms, today);
  return nextTurn(spans, renewalCandidates(spans, today), leadOf(account.segment), today, timeZone);
}

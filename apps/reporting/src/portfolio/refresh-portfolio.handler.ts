import { Injectable } from '@nestjs/common';
import { type AccountKey, armDue, type Due, DueSweeper, type Tx } from '@tenure/platform';
import { asOf, contractTerms, type ContractTerms, statesAt, zonedDay } from '@tenure/scoring';
import { BandDaysRepository } from '../distribution/band-days.repository';
import { LiveChangesRepository } from '../live/live-changes.repository';
import { type AccountContracts, ContractHistoryReadModel } from './contract-history.read-model';
import { nextChange } from './next-change.domain';
import { portfolioFacts } from './portfolio-row.domain';
import { PortfolioRepository } from './portfolio.repository';

const dueKind = 'terms';

/** Brings the rows of accounts up to date with their profiles and contracts, now and when the clock alone changes them. */
@Injectable()
export class RefreshPortfolioHandler {
  private readonly contracts = new ContractHistoryReadModel();
  private readonly portfolio = new PortfolioRepository();
  private readonly bandDays = new BandDaysRepository();
  private readonly live = new LiveChangesRepository();

  constructor(sweeper: DueSweeper) {
    sweeper.handle(dueKind, async (tx, keys, now) => {
      await this.handle(tx, keys, now);
      await this.live.announce(tx, keys, ['profile']);
    });
  }

  /** The accounts are locked. */
  async handle(tx: Tx, keys: readonly AccountKey[], now: Date): Promise<void> {
    const living = await this.portfolio.living(tx, keys);
    const loaded = (await this.contracts.load(tx, living)).map((account) => ({
      account,
      terms: contractTerms(account, asOf(now.getTime())),
    }));
    const rows = loaded.map(({ account: { key, profileData }, terms }) => ({
      key,
      facts: portfolioFacts(key.accountId, profileData, terms),
    }));
    await this.portfolio.save(tx, rows);
    await this.bandDays.note(tx, living, now);
    await armDue(
      tx,
      loaded.flatMap(({ account, terms }) => dueAfter(account, terms, now)),
    );
  }

  /** Accounts that were never heard of before get a row. */
  appear(tx: Tx, keys: readonly AccountKey[]): Promise<void> {
    return this.portfolio.appear(tx, keys);
  }

  countAlerts(tx: Tx, keys: readonly AccountKey[]): Promise<void> {
    return this.portfolio.countAlerts(tx, keys);
  }
}

function dueAfter(account: AccountContracts, terms: ContractTerms, now: Date): Due[] {
  const states = statesAt(account.contracts, asOf(now.getTime())).map(({ state }) => state);
  const at = nextChange(states, terms, zonedDay(now.getTime(), account.timeZone), account.timeZone);
  return at === null ? [] : [{ ...account.key, kind: dueKind, dueAt: new Date(at) }];
}

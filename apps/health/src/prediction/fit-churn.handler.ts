import { Injectable } from '@nestjs/common';
import { type CallerIdentity, Clock, Database, type Tx } from '@tenure/platform';
import { type ChurnRow, learnChurn, snapshotsOf, zonedDay } from '@tenure/scoring';

import type { AccountState } from '../history/hot-state.domain';
import { AskStudyHandler } from '../studies/ask-study.handler';
import type { Study, StudyWork } from '../studies/study.domain';
import { StudyKinds } from '../studies/study-kinds.handler';
import { backtestAccount } from './backtest-account.domain';
import { ChurnModelRepository } from './churn-model.repository';

const kind = 'churn-fit';

/** Learns a churn model from what became of the tenant's contracts, and proposes it. Nobody's probability changes by that. */
@Injectable()
export class FitChurnHandler {
  constructor(
    private readonly database: Database,
    private readonly studies: AskStudyHandler,
    private readonly repository: ChurnModelRepository,
    private readonly clock: Clock,
    kinds: StudyKinds,
  ) {
    kinds.register(kind, (_tx, tenant, _question, now) => Promise.resolve(this.work(tenant, now)));
  }

  ask(caller: CallerIdentity): Promise<Study> {
    return this.database.write([caller.tenant], (tx) => this.propose(tx, caller.tenant, caller.name));
  }

  propose(tx: Tx, tenant: string, by: string): Promise<Study> {
    return this.studies.ask(tx, tenant, by, kind, {});
  }

  private work(tenant: string, now: Date): StudyWork {
    return {
      answer: async (accounts) => {
        const rows = await churnRows(accounts, now);
        const learned = learnChurn(rows);
        // A fit that found no skill has no version of its own; its card is kept all the same.
        const version = learned.model?.version ?? `abstained-${now.toISOString().slice(0, 10)}`;
        const at = this.clock.now();
        await this.database.write([tenant], (tx) => this.repository.add(tx, tenant, version, learned, at));
        return { version, adoptable: learned.model?.basis === 'fitted', card: learned.card };
      },
    };
  }
}

async function churnRows(accounts: AsyncIterable<AccountState>, now: Date): Promise<ChurnRow[]> {
  const rows: ChurnRow[] = [];
  const nobody = new Map<string, number>();
  for await (const account of accounts) {
    const through = zonedDay(now.getTime(), account.state.history.timeZone);
    rows.push(...snapshotsOf(backtestAccount(account, nobody), through).map(({ row }) => row));
  }
  return rows;
}

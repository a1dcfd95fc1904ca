import { Injectable } from '@nestjs/common';
import { healthScoreChanged } from '@tenure/contracts';
import { type AccountKey, Outbox, type Tx } from '@tenure/platform';
import { zonedDay } from '@tenure/scoring';

import type { HotAccount } from '../history/hot-account.entity';
import { healthBody } from '../score/health-body.domain';
import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import { EvaluationRepository, type LoggedScore } from './evaluation.repository';
import { type PastScore, pastScores } from './past-scores.domain';

/**
 * Gives an account whose history was imported the scores it would have had, in the log and to whoever reads the topic, so
 * that its trend and the flow between bands show from the first day. It raises no alerts: those are decided as of now.
 */
@Injectable()
export class RecallScoresHandler {
  constructor(
    private readonly repository: EvaluationRepository,
    private readonly tenants: TenantFactsReadModel,
    private readonly outbox: Outbox,
  ) {}

  /** Only for accounts that were never judged; their rows are locked. */
  async recall(tx: Tx, accounts: readonly HotAccount[], now: Date): Promise<void> {
    const logged: LoggedScore[] = [];
    for (const account of accounts.filter((each) => each.state.score === null)) {
      const model = await this.tenants.model(tx, account.key.tenantId);
      const past = pastScores(account.history, now.getTime(), model);
      const { timeZone } = account.history;
      logged.push(...past.map(({ at, health }) => ({ key: account.key, day: zonedDay(at, timeZone), health })));
      await this.tell(
        tx,
        account,
        past.filter((each) => each.told),
      );
    }
    await this.repository.saveDays(tx, logged);
  }

  private async tell(tx: Tx, account: HotAccount, past: readonly PastScore[]): Promise<void> {
    const last = past.at(-1);
    if (!last) return;
    const before = account.state.scoreVersion;
    await this.outbox.addMany(
      tx,
      past.map((each, index) => scoreEvent(account.key, each, before + index + 1)),
    );
    const { score, band, trend, coverage, modelVersion } = last.health;
    const version = before + past.length;
    const held = { version, score, band, trend, coverage, modelVersion, fingerprint: '' };
    account.state = { ...account.state, score: held, scoreVersion: version };
  }
}

function scoreEvent(key: AccountKey, { at, health }: PastScore, version: number) {
  return {
    definition: healthScoreChanged,
    event: {
      tenant: key.tenantId,
      account: key.accountId,
      id: `score.${key.accountId}.${version}`,
      time: new Date(at),
      data: { ...healthBody(health, at), accountId: key.accountId, version },
    },
  };
}

import { Injectable } from '@nestjs/common';
import { type CallerIdentity, Database, Problem, type Tx } from '@tenure/platform';
import { backtest, type BacktestAccount, type BacktestReport, DAY_MS, type Subject } from '@tenure/scoring';

import type { AccountState } from '../history/hot-state.domain';
import { ModelReadModel } from '../models/model.read-model';
import { AskStudyHandler } from '../studies/ask-study.handler';
import type { Study, StudyWork } from '../studies/study.domain';
import { StudyKinds } from '../studies/study-kinds.handler';
import { AssumedKnowledgeReadModel } from './assumed-knowledge.read-model';
import { backtestAccount } from './backtest-account.domain';
import { ChurnModelReadModel } from './churn-model.read-model';

const kind = 'backtest';

/** What is held against the past: a fresh fit of the churn probability, an adopted or proposed one, or a health model. */
export interface BacktestQuestion {
  readonly subject: 'churn' | 'score';
  /** Null: for churn one that is learned on the past of the past, for the score the model in force. */
  readonly version: string | null;
  readonly stepDays: 7 | 28;
}

/** Where the subjects of backtests are read. */
@Injectable()
export class BacktestSources {
  constructor(
    readonly models: ModelReadModel,
    readonly churn: ChurnModelReadModel,
    readonly assumed: AssumedKnowledgeReadModel,
  ) {}
}

/** Backtests, as studies: any model version against the past, inputs as known then. */
@Injectable()
export class RunBacktestHandler {
  constructor(
    private readonly database: Database,
    private readonly studies: AskStudyHandler,
    private readonly sources: BacktestSources,
    kinds: StudyKinds,
  ) {
    kinds.register(kind, (tx, tenant, question, now) => this.begin(tx, tenant, question, now));
  }

  /** Throws `not-found` for an unknown version. */
  ask(caller: CallerIdentity, question: BacktestQuestion): Promise<Study> {
    return this.database.write([caller.tenant], async (tx) => {
      await this.subject(tx, caller.tenant, question);
      return this.studies.ask(tx, caller.tenant, caller.name, kind, question);
    });
  }

  private async begin(tx: Tx, tenant: string, question: BacktestQuestion, now: Date): Promise<StudyWork> {
    const subject = await this.subject(tx, tenant, question);
    const handWeighted = await this.sources.models.inForce(tx, tenant);
    const assumed = await this.sources.assumed.shares(tx, tenant);
    const through = Math.floor(now.getTime() / DAY_MS);
    const options = { subject, through, stepDays: question.stepDays, handWeighted };
    return { answer: (accounts) => run(backtest(seen(accounts, assumed), options)) };
  }

  private async subject(tx: Tx, tenant: string, { subject, version }: BacktestQuestion): Promise<Subject> {
    const { models, churn } = this.sources;
    const unknown = () => new Problem('not-found', `There is no model ${version}.`, { pointer: '/version' });
    if (subject === 'score') {
      const model = version === null ? await models.inForce(tx, tenant) : await models.byVersion(tx, tenant, version);
      if (!model) throw unknown();
      return { kind: 'score', model };
    }
    if (version === null) return { kind: 'churn', model: null };
    const learned = await churn.byVersion(tx, tenant, version);
    if (!learned?.model) throw unknown();
    return { kind: 'churn', model: learned.model };
  }
}

async function* seen(
  accounts: AsyncIterable<AccountState>,
  assumed: ReadonlyMap<string, number>,
): AsyncGenerator<BacktestAccount, void, void> {
  for await (const account of accounts) yield backtestAccount(account, assumed);
}

/** Progress is told account by account where they are read; here only the report counts. */
async function run(steps: ReturnType<typeof backtest>): Promise<BacktestReport> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

import { setImmediate } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import { Clock, Database, Jobs } from '@tenure/platform';

import { AccountStatesReadModel } from '../history/account-states.read-model';
import { type StudyOrder, studyQueue } from './ask-study.handler';
import type { Study, StudyWork } from './study.domain';
import { StudyKinds } from './study-kinds.handler';
import { StudyRepository } from './study.repository';

const atOnce = 25;

/** Where studies are kept, and what they look at. */
@Injectable()
export class StudySources {
  constructor(
    readonly studies: StudyRepository,
    readonly states: AccountStatesReadModel,
    readonly kinds: StudyKinds,
  ) {}
}

/** Works studies out: every account once, portion by portion, as of one instant; nothing is written but the study. */
@Injectable()
export class StudyJob {
  constructor(
    jobs: Jobs,
    private readonly database: Database,
    private readonly sources: StudySources,
    private readonly clock: Clock,
  ) {
    jobs.work<StudyOrder>(studyQueue, (order) => this.run(order));
  }

  private async run({ tenant, studyId }: StudyOrder): Promise<void> {
    const { studies } = this.sources;
    try {
      const study = await this.database.read([tenant], (tx) => studies.find(tx, tenant, studyId));
      if (study) await this.work(tenant, study);
    } catch (error) {
      const result = { error: 'It could not be worked out; ask for it again.' };
      await this.database.write([tenant], (tx) => studies.end(tx, tenant, studyId, 'failed', result));
      throw error;
    }
  }

  private async work(tenant: string, study: Study): Promise<void> {
    const { studies, kinds } = this.sources;
    const now = this.clock.now();
    const { work, total } = await this.database.read([tenant], async (tx) => ({
      work: await kinds.begin(tx, tenant, study, now),
      total: await studies.countAccounts(tx, tenant),
    }));
    if (!(await this.lookAtAll(tenant, study.studyId, work, total))) return;
    const result = await work.finish();
    await this.database.write([tenant], (tx) => studies.end(tx, tenant, study.studyId, 'done', result));
  }

  /** Answers false where it was cancelled on the way. */
  private async lookAtAll(tenant: string, studyId: string, work: StudyWork, total: number): Promise<boolean> {
    const { studies, states } = this.sources;
    let [done, last] = [0, ''];
    for (;;) {
      if (!(await this.database.write([tenant], (tx) => studies.progress(tx, tenant, studyId, done, total))))
        return false;
      const accounts = await this.database.read([tenant], async (tx) => {
        const ids = await studies.accounts(tx, tenant, last, atOnce);
        last = ids.at(-1) ?? last;
        const keys = ids.map((accountId) => ({ tenantId: tenant, accountId }));
        return { count: ids.length, found: await states.load(tx, keys) };
      });
      if (accounts.count === 0) return true;
      for (const account of accounts.found) {
        work.add(account);
        // A look at a year takes milliseconds: requests and events get their turn between two accounts.
        await setImmediate();
      }
      done += accounts.count;
    }
  }
}

import { performance } from 'node:perf_hooks';
import { setTimeout as rest } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import { Clock, Database, Jobs } from '@tenure/platform';

import { AccountStatesReadModel } from '../history/account-states.read-model';
import { type StudyOrder, studyQueue } from './ask-study.handler';
import type { AccountState } from '../history/hot-state.domain';
import type { Study } from './study.domain';
import { StudyKinds } from './study-kinds.handler';
import { StudyRepository } from './study.repository';

const atOnce = 25;
const waitForImportMs = 10_000;

class Cancelled extends Error {}

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
    private readonly jobs: Jobs,
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
      if (!study) return;
      if (await this.postponed(tenant, studyId)) return;
      await this.work(tenant, study);
    } catch (error) {
      if (error instanceof Cancelled) return;
      const result = { error: 'It could not be worked out; ask for it again.' };
      await this.database.write([tenant], (tx) => studies.end(tx, tenant, studyId, 'failed', result));
      throw error;
    }
  }

  /** An import that is open, or was closed a moment ago, has accounts that nobody judged yet: the study waits for them. */
  private postponed(tenant: string, studyId: string): Promise<boolean> {
    return this.database.write([tenant], async (tx) => {
      if (!(await this.sources.studies.importing(tx, tenant))) return false;
      const startAfter = new Date(this.clock.now().getTime() + waitForImportMs);
      await this.jobs.send(tx, studyQueue, { tenant, studyId }, { startAfter });
      return true;
    });
  }

  private async work(tenant: string, study: Study): Promise<void> {
    const { studies, kinds } = this.sources;
    const now = this.clock.now();
    const { work, total } = await this.database.read([tenant], async (tx) => ({
      work: await kinds.begin(tx, tenant, study, now),
      total: await studies.countAccounts(tx, tenant),
    }));
    const result = await work.answer(this.accounts(tenant, study.studyId, total));
    await this.database.write([tenant], (tx) => studies.end(tx, tenant, study.studyId, 'done', result));
  }

  /** All accounts, with progress told for every portion. Throws `Cancelled` where somebody stopped the study. */
  private async *accounts(tenant: string, studyId: string, total: number): AsyncGenerator<AccountState, void, void> {
    const { studies } = this.sources;
    let [done, last] = [0, ''];
    for (;;) {
      if (!(await this.database.write([tenant], (tx) => studies.progress(tx, tenant, studyId, done, total))))
        throw new Cancelled();
      const { ids, found } = await this.portion(tenant, last);
      if (ids.length === 0) return;
      for (const account of found) {
        const began = performance.now();
        yield account;
        // A look at a year can take a tenth of a second: events and requests get as long as it took before the next one.
        await rest(performance.now() - began);
      }
      done += ids.length;
      last = ids.at(-1) ?? last;
    }
  }

  private portion(tenant: string, after: string): Promise<{ ids: string[]; found: AccountState[] }> {
    const { studies, states } = this.sources;
    return this.database.read([tenant], async (tx) => {
      const ids = await studies.accounts(tx, tenant, after, atOnce);
      const keys = ids.map((accountId) => ({ tenantId: tenant, accountId }));
      return { ids, found: await states.load(tx, keys) };
    });
  }
}

import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { Clock, Database, Jobs, Problem, type Tx } from '@tenure/platform';

import type { Study } from './study.domain';
import { StudyRepository } from './study.repository';

/** The queue of studies that wait to be worked out. */
export const studyQueue = 'study';

/** What the job is told. */
export interface StudyOrder {
  readonly tenant: string;
  readonly studyId: string;
}

/** Asks for studies, shows and cancels them; a job works them out. */
@Injectable()
export class AskStudyHandler {
  constructor(
    private readonly database: Database,
    private readonly studies: StudyRepository,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** In the transaction of whoever asks: the study is worked out when and only when that commits. */
  async ask(tx: Tx, tenant: string, askedBy: string, kind: string, question: object): Promise<Study> {
    const study: Study = {
      ...{ studyId: randomUUID(), kind, question, askedBy, askedAt: this.clock.now() },
      ...{ state: 'waiting', done: 0, total: 0, result: null },
    };
    await this.studies.add(tx, tenant, study);
    const order: StudyOrder = { tenant, studyId: study.studyId };
    await this.jobs.send(tx, studyQueue, order);
    return study;
  }

  show(tenant: string, studyId: string): Promise<Study> {
    return this.database.read([tenant], async (tx) => {
      const study = await this.studies.find(tx, tenant, studyId);
      if (!study) throw new Problem('not-found', 'There is no such study.');
      return study;
    });
  }

  list(tenant: string, kind: string): Promise<Study[]> {
    return this.database.read([tenant], (tx) => this.studies.list(tx, tenant, kind));
  }

  newest(tenant: string, kind: string): Promise<Study | undefined> {
    return this.database.read([tenant], (tx) => this.studies.newest(tx, tenant, kind));
  }

  /** Throws `not-found`, or `conflict` where it has ended already. */
  async cancel(tenant: string, studyId: string): Promise<Study> {
    await this.show(tenant, studyId);
    const ended = await this.database.write([tenant], (tx) => this.studies.end(tx, tenant, studyId, 'cancelled', null));
    if (!ended) throw new Problem('conflict', 'This study has ended already.');
    return this.show(tenant, studyId);
  }
}

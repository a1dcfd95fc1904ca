import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@tenure/platform';

import { AskStudyHandler } from '../studies/ask-study.handler';
import type { Study } from '../studies/study.domain';
import { StudyKinds } from '../studies/study-kinds.handler';
import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import { LastYearWork } from './last-year.domain';

const kind = 'last-year';

/** "Your last 12 months": what today's alerts would have said, before anybody configured anything. */
@Injectable()
export class LastYearHandler {
  constructor(
    private readonly database: Database,
    private readonly studies: AskStudyHandler,
    private readonly tenants: TenantFactsReadModel,
    kinds: StudyKinds,
  ) {
    kinds.register(kind, (tx, tenant, _question, now) => this.begin(tx, tenant, now));
  }

  ask(tenant: string, by: string): Promise<Study> {
    return this.database.write([tenant], (tx) => this.askIn(tx, tenant, by));
  }

  /** Asked by itself when an import was closed. */
  askIn(tx: Tx, tenant: string, by: string): Promise<Study> {
    return this.studies.ask(tx, tenant, by, kind, {});
  }

  async newest(tenant: string): Promise<Study | null> {
    return (await this.studies.newest(tenant, kind)) ?? null;
  }

  private async begin(tx: Tx, tenant: string, now: Date): Promise<LastYearWork> {
    const parameters = await this.tenants.parameters(tx, tenant);
    return new LastYearWork(parameters, await this.tenants.comparison(tx, tenant), now.getTime());
  }
}

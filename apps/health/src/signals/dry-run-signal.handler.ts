import { Injectable } from '@nestjs/common';
import { type CallerIdentity, Clock, Database, Problem, type Tx } from '@tenure/platform';
import { dayFromIso } from '@tenure/scoring';

import { AskStudyHandler } from '../studies/ask-study.handler';
import type { Study } from '../studies/study.domain';
import { StudyKinds } from '../studies/study-kinds.handler';
import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import { type DryRunRequest, DryRunWork } from './dry-run.domain';
import { known, refuse } from './set-signal.handler';

const kind = 'signal-dry-run';
const longestDays = 731;

/** Asks what a signal would have done with other settings. It is a study: a job looks at every account. */
@Injectable()
export class DryRunSignalHandler {
  constructor(
    private readonly database: Database,
    private readonly studies: AskStudyHandler,
    kinds: StudyKinds,
    private readonly tenants: TenantFactsReadModel,
    private readonly clock: Clock,
  ) {
    kinds.register(kind, (tx, tenant, question, now) => this.begin(tx, tenant, question, now));
  }

  /** Throws `not-found`, or `invalid` with everything that is wrong. */
  async ask(caller: CallerIdentity, request: DryRunRequest): Promise<Study> {
    refuse(known(request.signal), request.settings);
    refusePeriod(request, this.clock.now());
    const by = caller.name ?? caller.subject;
    return this.database.write([caller.tenant], (tx) => this.studies.ask(tx, caller.tenant, by, kind, request));
  }

  private async begin(tx: Tx, tenant: string, request: DryRunRequest, now: Date): Promise<DryRunWork> {
    const definition = known(request.signal);
    const current = (await this.tenants.parameters(tx, tenant))[definition.name];
    const comparison = await this.tenants.comparison(tx, tenant);
    return new DryRunWork(definition, request, current, comparison, now.getTime());
  }
}

function refusePeriod({ from, to }: DryRunRequest, now: Date): void {
  const [first, last] = [dayFromIso(from), dayFromIso(to)];
  const invalid = (pointer: string, detail: string) => new Problem('invalid', detail, { pointer });
  if (last < first) throw invalid('/to', 'The period ends before it begins.');
  if (last - first > longestDays) throw invalid('/from', `A dry run goes over ${longestDays} days at most.`);
  if (last >= Math.floor(now.getTime() / 86_400_000)) throw invalid('/to', 'The period ends yesterday at the latest.');
}

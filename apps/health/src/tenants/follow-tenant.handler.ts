import { Injectable } from '@nestjs/common';
import type { Envelope, SourceChanged, TenantChanged } from '@tenure/contracts';
import { armDue, type Tx } from '@tenure/platform';

import { evaluationDue } from '../evaluation/evaluation.domain';
import { FitChurnHandler } from '../prediction/fit-churn.handler';
import { LastYearHandler } from '../prediction/last-year.handler';
import { PlanProposalHandler } from '../prediction/plan-proposal.handler';
import { TenantFactsReadModel } from './tenant-facts.read-model';
import { TenantRepository } from './tenant.repository';

/** Keeps what health needs of a tenant, and judges importing accounts once their import is closed. */
@Injectable()
export class FollowTenantHandler {
  constructor(
    private readonly repository: TenantRepository,
    private readonly facts: TenantFactsReadModel,
    private readonly lastYear: LastYearHandler,
    private readonly fits: FitChurnHandler,
    private readonly proposals: PlanProposalHandler,
  ) {}

  async tenant(tx: Tx, event: Envelope<TenantChanged>): Promise<void> {
    await this.repository.save(tx, event.tenantid, event.data);
    this.facts.forget(event.tenantid);
  }

  async source(tx: Tx, event: Envelope<SourceChanged>, now: Date): Promise<void> {
    if (event.data.mode !== 'import' || event.data.state !== 'closed') return;
    const accounts = await this.repository.importing(tx, event.tenantid);
    await armDue(
      tx,
      accounts.map((key) => ({ ...key, kind: evaluationDue, dueAt: now })),
    );
    // The first thing a new tenant reads: what these alerts would have said over the year that was just imported.
    await this.lastYear.askIn(tx, event.tenantid, 'Tenure');
    await this.fits.propose(tx, event.tenantid, 'Tenure');
    await this.proposals.plan(tx, event.tenantid);
  }
}

import { Injectable } from '@nestjs/common';
import type { Envelope, SourceChanged, TenantChanged } from '@tenure/contracts';
import { armDue, type Tx } from '@tenure/platform';

import { evaluationDue } from '../evaluation/evaluate-accounts.handler';
import { TenantFactsReadModel } from './tenant-facts.read-model';
import { TenantRepository } from './tenant.repository';

/** Keeps what health needs of a tenant, and judges importing accounts once their import is closed. */
@Injectable()
export class FollowTenantHandler {
  constructor(
    private readonly repository: TenantRepository,
    private readonly facts: TenantFactsReadModel,
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
  }
}

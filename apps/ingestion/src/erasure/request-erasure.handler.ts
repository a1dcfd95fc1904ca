import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import {
  accountDeleted,
  type Envelope,
  type ErasureApplied,
  type ErasureKind,
  erasureRequested,
} from '@tenure/contracts';
import { type BatchContext, type CallerIdentity, Clock, Database, Outbox, Problem, type Tx } from '@tenure/platform';

import { type Identifier, identifiersOf, type PersonToErase, unsafe } from './erasure.domain';
import { type Erasure, type ErasuresPage, ErasuresReadModel } from './erasures.read-model';
import { ErasuresRepository } from './erasures.repository';

const mostIdentifiers = 50;

/** Asks every service to remove a person or an account, and keeps the record of what they did. */
@Injectable()
export class RequestErasureHandler {
  constructor(
    private readonly database: Database,
    private readonly repository: ErasuresRepository,
    private readonly erasures: ErasuresReadModel,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid` where nothing is named, or something that cannot be looked for safely */
  person(caller: CallerIdentity, person: PersonToErase, reason: string | null): Promise<Erasure> {
    const issue = unsafe(person);
    if (issue) throw new Problem('invalid', issue.detail, { pointer: issue.pointer });
    return this.database.write([caller.tenant], async (tx) => {
      const linked = await this.repository.linkedIds(tx, caller.tenant, person.userIds);
      const identifiers = identifiersOf({ ...person, userIds: [...person.userIds, ...linked] });
      if (identifiers.length === 0)
        throw new Problem('invalid', 'Say who: a user id, a stakeholder id, an e-mail address or a name.');
      if (identifiers.length > mostIdentifiers)
        throw new Problem('invalid', `At most ${mostIdentifiers} identifiers at once.`);
      return this.request(tx, caller, { kind: 'person', account: null, identifiers, reason });
    });
  }

  /** The account is deleted everywhere, as `account.deleted` does; what is left of it then goes too. */
  account(caller: CallerIdentity, accountId: string, reason: string | null): Promise<Erasure> {
    return this.database.write([caller.tenant], async (tx) => {
      const { tenant } = caller;
      const id = randomUUID();
      await this.outbox.add(tx, accountDeleted, {
        tenant,
        account: accountId,
        id,
        time: this.clock.now(),
        data: { accountId },
      });
      return this.request(tx, caller, { kind: 'account', account: accountId, identifiers: [], reason });
    });
  }

  list(tenantId: string, page: ErasuresPage): Promise<Erasure[]> {
    return this.database.read([tenantId], (tx) => this.erasures.page(tx, tenantId, page));
  }

  /** @throws Problem `not-found` */
  get(tenantId: string, erasureId: string): Promise<Erasure> {
    return this.database.read([tenantId], (tx) => this.found(tx, tenantId, erasureId));
  }

  /** What services say they have done. */
  async reported({ tx }: BatchContext, batch: readonly Envelope<ErasureApplied>[]): Promise<void> {
    for (const { tenantid, data } of batch) await this.repository.report(tx, tenantid, data);
  }

  private async request(
    tx: Tx,
    { tenant, email, name }: CallerIdentity,
    asked: { kind: ErasureKind; account: string | null; identifiers: readonly Identifier[]; reason: string | null },
  ): Promise<Erasure> {
    const erasureId = randomUUID();
    const now = this.clock.now();
    const { kind, account, reason } = asked;
    const identifiers = [...asked.identifiers];
    const record = { erasureId, kind, account, identifiers: identifiers.length, reason, requestedBy: email ?? name };
    await this.repository.add(tx, tenant, record, now);
    await this.outbox.add(tx, erasureRequested, {
      tenant,
      account: `erasure/${erasureId}`,
      id: erasureId,
      time: now,
      data: {
        erasureId,
        kind,
        account,
        identifiers: kind === 'person' ? identifiers : null,
        requestedAt: now.toISOString(),
      },
    });
    return this.found(tx, tenant, erasureId);
  }

  private async found(tx: Tx, tenantId: string, erasureId: string): Promise<Erasure> {
    const erasure = await this.erasures.byId(tx, tenantId, erasureId);
    if (!erasure) throw new Problem('not-found', `There is no erasure ${erasureId}.`);
    return erasure;
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, Database, type Tx } from '@tenure/platform';

import { DirectoryRepository } from '../directory/directory.repository';
import { FindAccountsHandler } from '../directory/find-accounts.handler';
import { isUserKey, type ReferenceKey } from '../intake/reference.domain';
import { HeldReadModel } from './held.read-model';
import { ReleaseHeldHandler } from './release-held.handler';

/** The instants that a match is dated by. */
@Injectable()
export class MatchTimes {
  constructor(
    private readonly waiting: HeldReadModel,
    private readonly clock: Clock,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  async since(tx: Tx, tenantId: string, reference: ReferenceKey): Promise<Date> {
    return (await this.waiting.firstTime(tx, tenantId, reference)) ?? this.now();
  }
}

/** A person says which account a reference means: it is learned, and what waited for it goes on. */
@Injectable()
export class MatchHeldHandler {
  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryRepository,
    private readonly finder: FindAccountsHandler,
    private readonly held: ReleaseHeldHandler,
    private readonly times: MatchTimes,
  ) {}

  /** Answers how many events were applied. */
  async match(tenantId: string, reference: ReferenceKey, accountId: string): Promise<number> {
    const applied = await this.database.write([tenantId], async (tx) => {
      await this.held.lock(tx, tenantId, [reference]);
      await this.learn(tx, tenantId, reference, accountId);
      await this.finder.announce(tx, tenantId, [reference]);
      return this.held.release(tx, tenantId, [reference]);
    });
    this.finder.forget(tenantId, [reference]);
    return applied;
  }

  private async learn(tx: Tx, tenantId: string, reference: ReferenceKey, accountId: string): Promise<void> {
    if (!isUserKey(reference)) return this.directory.match(tx, tenantId, reference, accountId, this.times.now());
    // A user belongs there from the first event that waits, until a later `group` says otherwise.
    const sinceMs = (await this.times.since(tx, tenantId, reference)).getTime();
    await this.directory.learn(tx, tenantId, [{ kind: 'membership', key: reference, accountId, sinceMs }]);
  }
}

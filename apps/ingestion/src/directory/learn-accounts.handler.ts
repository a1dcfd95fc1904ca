import { Injectable } from '@nestjs/common';
import { Database, ErasedPeople } from '@tenure/platform';

import type { ReferenceKey } from '../intake/reference.domain';
import { DirectoryRepository } from './directory.repository';
import { FindAccountsHandler } from './find-accounts.handler';
import type { Statement } from './statement.domain';

/** Commits what the calls of a request say about memberships, before that request is answered. */
@Injectable()
export class LearnAccountsHandler {
  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryRepository,
    private readonly finder: FindAccountsHandler,
    private readonly erased: ErasedPeople,
  ) {}

  /**
   * Throws when the database is away and a membership was stated, for its 2xx would be a lie. Names of accounts and links
   * of users are learned again from the topic, so they never fail a request.
   */
  async learn(tenantId: string, statements: readonly Statement[]): Promise<void> {
    if (statements.length === 0) return;
    const keys = keysOf(statements);
    try {
      await this.database.write([tenantId], async (tx) => {
        // Erased people are learned under their placeholder, to which their events are led once they are held.
        await this.directory.learn(tx, tenantId, await this.erased.scrubValue(tx, tenantId, statements));
        await this.finder.announce(tx, tenantId, keys);
      });
    } catch (error) {
      if (statements.some((each) => each.kind === 'membership')) throw error;
    } finally {
      this.finder.forget(tenantId, keys);
    }
  }
}

/** Every reference whose way may have changed. */
export function keysOf(statements: readonly Statement[]): ReferenceKey[] {
  return [...new Set(statements.flatMap((each) => (each.kind === 'link' ? [each.from, each.to] : [each.key])))];
}

import { Injectable } from '@nestjs/common';
import {
  accountChanged,
  type AccountChanged,
  accountDeleted,
  accountMerged,
  type AccountMerged,
  type Envelope,
  userChanged,
  type UserChanged,
} from '@tenure/contracts';
import type { BatchContext } from '@tenure/platform';

import { ReleaseHeldHandler } from '../held/release-held.handler';
import { learnedFrom } from '../intake/learned.domain';
import { anonymousKey, type ReferenceKey, userKey } from '../intake/reference.domain';
import { DirectoryReadModel } from './directory.read-model';
import { DirectoryRepository } from './directory.repository';
import { FindAccountsHandler } from './find-accounts.handler';
import { keysOf } from './learn-accounts.handler';
import type { Link, Membership, Statement } from './statement.domain';

/** What a batch says about users, and every key that they are known by. */
interface Users {
  readonly keys: readonly ReferenceKey[];
  readonly links: readonly Link[];
  readonly memberships: readonly Membership[];
}

type AccountEvent = Envelope<AccountChanged | AccountMerged>;

/**
 * What the topics say about accounts and users, ours and that of direct producers, into the directory; then what was
 * held for these references is let go. Both under the references' locks, so that nothing is filed in between unseen.
 */
@Injectable()
export class LearnFromTopicsHandler {
  constructor(
    private readonly repository: DirectoryRepository,
    private readonly directory: DirectoryReadModel,
    private readonly finder: FindAccountsHandler,
    private readonly held: ReleaseHeldHandler,
  ) {}

  /** @param run changes, or a single merge or deletion */
  async learnAccounts({ tx }: BatchContext, run: readonly AccountEvent[]): Promise<void> {
    for (const [tenantId, events] of byTenant(run)) {
      const [first] = events;
      if (first?.type === accountMerged.type) {
        await this.repository.merge(tx, tenantId, first.data.accountId, (first.data as AccountMerged).intoId);
      } else if (first?.type === accountDeleted.type) {
        await this.repository.forget(tx, tenantId, first.data.accountId);
      } else {
        const stated = events.flatMap((event) => identitiesOf(accountChanged, event));
        await this.learn(tx, tenantId, stated, { keys: [], links: [], memberships: [] });
        await this.repository.nameAccounts(tx, tenantId, namesOf(events));
      }
    }
  }

  async learnUsers({ tx }: BatchContext, batch: readonly Envelope<UserChanged>[]): Promise<void> {
    for (const [tenantId, events] of byTenant(batch)) {
      const memberships = events.map(membershipOf);
      const named = [...new Set([...memberships.map((each) => each.key), ...events.flatMap(otherKeys)])];
      const linked = await this.directory.linked(tx, tenantId, named);
      const seen = events.flatMap((event) => identitiesOf(userChanged, event));
      const links = events.flatMap(linksOf);
      await this.learn(tx, tenantId, seen, { keys: [...named, ...linked], links, memberships });
    }
  }

  private async learn(
    tx: BatchContext['tx'],
    tenantId: string,
    statements: readonly Statement[],
    users: Users,
  ): Promise<void> {
    const keys = [...new Set([...keysOf(statements), ...users.keys])];
    if (keys.length === 0) return;
    await this.held.lock(tx, tenantId, keys);
    await this.repository.learn(tx, tenantId, statements);
    await this.repository.addMissingLinks(tx, tenantId, users.links);
    await this.repository.addFirstMemberships(tx, tenantId, users.memberships);
    await this.finder.announce(tx, tenantId, keys);
    await this.held.release(tx, tenantId, keys);
  }
}

function byTenant<T>(events: readonly Envelope<T>[]): Map<string, Envelope<T>[]> {
  return Map.groupBy(events, (event) => event.tenantid);
}

function identitiesOf(
  definition: Parameters<typeof learnedFrom>[0]['definition'],
  event: Envelope<{ accountId: string }>,
) {
  const { data } = event;
  return learnedFrom({ definition, timeMs: Date.parse(event.time), accountId: data.accountId, data: { ...data } });
}

function membershipOf(event: Envelope<UserChanged>): Membership {
  const { userId, accountId } = event.data;
  return { kind: 'membership', key: userKey(userId), accountId, sinceMs: Date.parse(event.time) };
}

/** What the request of such an event said before its answer, unless the database was away; or a direct producer's. */
function linksOf(event: Envelope<UserChanged>): Link[] {
  const { userId, anonymousId } = event.data;
  // A person who is not signed in has the anonymous id for a user id.
  if (userId === anonymousId) return [];
  const to = userKey(userId);
  return otherKeys(event).flatMap((from) => (from === to ? [] : [{ kind: 'link', from, to }]));
}

function otherKeys({ data }: Envelope<UserChanged>): ReferenceKey[] {
  const keys: ReferenceKey[] = [];
  if (data.anonymousId) keys.push(anonymousKey(data.anonymousId));
  if (data.previousId) keys.push(userKey(data.previousId), anonymousKey(data.previousId));
  return keys;
}

function namesOf(events: readonly AccountEvent[]): Map<string, string | undefined> {
  const names = new Map<string, string | undefined>();
  for (const { data } of events) {
    const { name } = data as AccountChanged;
    if (typeof name === 'string' && name !== '') names.set(data.accountId, name);
    else if (!names.has(data.accountId)) names.set(data.accountId, undefined);
  }
  return names;
}

import type { EventDefinition } from '@tenure/contracts';
import { accountChanged, userChanged } from '@tenure/contracts';

import type { Identity } from '../directory/statement.domain';
import { companyDomain, domainKey, refKey } from './reference.domain';

/** An event as far as it is looked at here; `data.accountId` may still be missing. */
interface Taught {
  readonly definition: Pick<EventDefinition, 'type'>;
  readonly timeMs: number;
  readonly accountId?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * What an event teaches about the names of its account: `account.changed` states ids in other systems and domains, the
 * e-mail address of a user shows a domain.
 */
export function learnedFrom(event: Taught): Identity[] {
  const accountId = event.accountId;
  if (accountId === undefined) return [];
  const identity = (key: string, strength: Identity['strength']): Identity => ({
    kind: 'identity',
    key,
    accountId,
    sinceMs: event.timeMs,
    strength,
  });
  if (event.definition.type === accountChanged.type) {
    return accountKeys(event.data).map((key) => identity(key, 'stated'));
  }
  const domain = event.definition.type === userChanged.type ? companyDomain(event.data['email']) : undefined;
  return domain === undefined ? [] : [identity(domainKey(domain), 'seen')];
}

function accountKeys(data: Readonly<Record<string, unknown>>): string[] {
  const { externalIds, domains } = data;
  const keys: string[] = [];
  if (typeof externalIds === 'object' && externalIds !== null) {
    for (const [system, id] of Object.entries(externalIds)) if (typeof id === 'string') keys.push(refKey(system, id));
  }
  if (Array.isArray(domains)) for (const each of domains) if (typeof each === 'string') keys.push(domainKey(each));
  return keys;
}

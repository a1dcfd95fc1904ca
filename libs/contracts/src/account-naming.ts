import type { Issue } from './event-definition';

/** The three ways in which an input event may name its account. */
export interface AccountNaming {
  accountId?: string;
  accountRef?: { system: string; id: string };
  accountDomain?: string;
}

/** The data of an input event as a sender sends it: `EventInput<UsageRecorded>`. */
export type EventInput<T> = Omit<T, 'accountId'> & AccountNaming;

/** The issue of an event that names neither account, nor reference, nor domain, nor a user who may lead to one. */
export function accountNotNamed(data: object): Issue | null {
  const { accountId, accountRef, accountDomain } = data as AccountNaming;
  if (accountId || accountRef || accountDomain) return null;
  const { userId, anonymousId, accountIds } = data as Record<string, unknown>;
  if (userId || anonymousId || (Array.isArray(accountIds) && accountIds.length > 0)) return null;
  const detail = 'The event names no account: set accountId, accountRef or accountDomain.';
  return { code: 'account-not-named', pointer: '/accountId', detail };
}

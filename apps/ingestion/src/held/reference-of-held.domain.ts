import type { HeldReference } from '@tenure/contracts';

import type { Reference } from '../intake/reference.domain';

/** The one that is set of the four; throws a RangeError when it is not exactly one. */
export function readReference({ accountRef, accountDomain, userId, anonymousId }: HeldReference): Reference {
  const set: Reference[] = [];
  if (accountRef) set.push({ accountRef });
  if (accountDomain) set.push({ accountDomain });
  if (userId) set.push({ userId });
  if (anonymousId) set.push({ anonymousId });
  const [only, ...more] = set;
  if (only && more.length === 0) return only;
  throw new RangeError('A reference is exactly one of accountRef, accountDomain, userId and anonymousId.');
}

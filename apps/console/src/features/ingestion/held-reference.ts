import type { HeldGroup } from '../../api/types';

/** What a held event calls its account: 'salesforce 0015g…', 'acme.com', 'user u-17'. */
export function referenceText(reference: HeldGroup['reference']): string {
  if (reference.accountRef) return `${reference.accountRef.system} ${reference.accountRef.id}`;
  if (reference.accountDomain) return reference.accountDomain;
  const user = reference.userId ?? reference.anonymousId;
  return user ? `user ${user}` : 'an unnamed account';
}

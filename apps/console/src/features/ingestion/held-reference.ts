import type { HeldGroup } from '../../api/more-types';

/** What a held event calls its account: 'salesforce 0015g…', 'acme.com', 'user u-17'. */
export function referenceText(reference: HeldGroup['reference']): string {
  if (reference.accountRef) return `${reference.accountRef.system} ${reference.accountRef.id}`;
  if (reference.accountDomain) return reference.accountDomain;
  return reference.userId ? `user ${reference.userId}` : 'an unnamed account';
}

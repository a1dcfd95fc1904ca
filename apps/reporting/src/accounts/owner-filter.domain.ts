/**
 * What `owner=` asks for: an address, `me` (nobody's accounts for a key, which has no address), `none` (accounts without
 * an owner, as ''), `all` or nothing for everybody's.
 */
export function ownerFilter(owner: string | undefined, mine: string | null): { owner?: string } {
  if (owner === undefined || owner === '' || owner === 'all') return {};
  if (owner === 'none') return { owner: '' };
  if (owner === 'me') return { owner: mine ?? '-' };
  return { owner };
}

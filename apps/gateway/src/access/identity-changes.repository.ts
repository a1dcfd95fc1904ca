import type { Tx } from '@tenure/platform';

export const identityChannel = 'tenure_identity';

/** Tells every gateway, on commit, that somebody's rights changed. */
export async function announceIdentityChange(tx: Tx): Promise<void> {
  await tx.query(`select pg_notify('${identityChannel}', '')`);
}

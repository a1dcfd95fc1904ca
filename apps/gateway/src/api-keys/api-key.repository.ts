import type { Role } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';
import { announceIdentityChange } from '../access/identity-changes.repository';

export interface NewApiKey {
  readonly keyId: string;
  readonly prefix: string;
  readonly name: string;
  readonly role: Role;
  readonly secretHash: Buffer;
  readonly createdBy: string | null;
  readonly createdAt: Date;
}

/** The table `api_keys` (a tenant's own list) and `system.key_secrets` (hashes of the keys that work, for look-up). */
export class ApiKeyRepository {
  async add(tx: Tx, tenantId: string, key: NewApiKey): Promise<void> {
    await tx.query(
      `insert into api_keys (tenant_id, key_id, prefix, name, role, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (tenant_id, key_id) do update set name = $4, role = $5, revoked_at = null`,
      [tenantId, key.keyId, key.prefix, key.name, key.role, key.createdBy, key.createdAt],
    );
    await tx.query(
      `insert into system.key_secrets (secret_hash, tenant_id, key_id, name, role) values ($1, $2, $3, $4, $5)
       on conflict (secret_hash) do nothing`,
      [key.secretHash, tenantId, key.keyId, key.name, key.role],
    );
  }

  /** The row of the list stays, for the record; the secret's goes, so that nothing is left to look up. */
  async revoke(tx: Tx, tenantId: string, keyId: string, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `update api_keys set revoked_at = $3 where tenant_id = $1 and key_id = $2 and revoked_at is null returning 1`,
      [tenantId, keyId, now],
    );
    await tx.query(
      `with gone as (delete from system.key_secrets where tenant_id = $1 and key_id = $2 returning last_used_at)
       update api_keys set last_used_at = gone.last_used_at from gone where tenant_id = $1 and key_id = $2`,
      [tenantId, keyId],
    );
    await announceIdentityChange(tx);
    return rows.length > 0;
  }

  async markUsed(tx: Tx, secretHash: Buffer, now: Date): Promise<void> {
    await tx.query(`update system.key_secrets set last_used_at = $2 where secret_hash = $1`, [secretHash, now]);
  }
}

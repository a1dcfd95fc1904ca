import type { Role } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly prefix: string;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly lastUsedAt: Date | null;
}

/** A tenant's API keys that work, newest first. `api_keys` is under row-level security, so the join shows no other tenant's. */
export class ApiKeyReadModel {
  async list(tx: Tx, tenantId: string): Promise<ApiKey[]> {
    return tx.query<ApiKey>(
      `select k.key_id as id, k.name, k.role, k.prefix, k.created_at as "createdAt", k.created_by as "createdBy",
              coalesce(s.last_used_at, k.last_used_at) as "lastUsedAt"
         from api_keys k left join system.key_secrets s on s.tenant_id = k.tenant_id and s.key_id = k.key_id
        where k.tenant_id = $1 and k.revoked_at is null order by k.created_at desc, k.key_id limit 1000`,
      [tenantId],
    );
  }
}

import type { CallerIdentity, Tx } from '@tenure/platform';
import { roles } from '@tenure/contracts';

/** A session that is alive, with its person as of now. */
export interface LiveSession {
  readonly caller: CallerIdentity;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

interface SessionRow {
  tenant_id: string;
  person_id: string;
  email: string;
  name: string;
  role: string;
  started_at: Date;
  expires_at: Date;
}

interface KeyRow {
  tenant_id: string;
  key_id: string;
  name: string;
  role: string;
  last_used_at: Date | null;
}

/** Who a secret belongs to. It reads `system`, because the tenant is what it has to find out. Secrets come in hashed. */
export class IdentityReadModel {
  async session(tx: Tx, hash: Buffer, now: Date): Promise<LiveSession | undefined> {
    const [row] = await tx.query<SessionRow>(
      `select s.tenant_id, s.person_id, l.email, l.name, l.role, s.started_at, s.expires_at
         from system.sessions s join system.logins l using (tenant_id, person_id)
        where s.secret_hash = $1 and s.expires_at > $2 and l.active`,
      [hash, now],
    );
    return row && { caller: toPerson(row), startedAt: row.started_at, expiresAt: row.expires_at };
  }

  async key(tx: Tx, hash: Buffer): Promise<{ caller: CallerIdentity; lastUsedAt: Date | null } | undefined> {
    const [row] = await tx.query<KeyRow>(
      `select tenant_id, key_id, name, role, last_used_at from system.key_secrets where secret_hash = $1`,
      [hash],
    );
    return row && { caller: toKey(row), lastUsedAt: row.last_used_at };
  }
}

function toPerson(row: SessionRow): CallerIdentity {
  const { tenant_id, person_id, name, email } = row;
  return { tenant: tenant_id, subject: person_id, role: toRole(row.role), kind: 'person', name, email };
}

function toKey(row: KeyRow): CallerIdentity {
  return {
    tenant: row.tenant_id,
    subject: row.key_id,
    role: toRole(row.role),
    kind: 'key',
    name: row.name,
    email: null,
  };
}

/** A word we do not know must not become a right. */
function toRole(word: string): (typeof roles)[number] {
  return roles.find((role) => role === word) ?? 'viewer';
}

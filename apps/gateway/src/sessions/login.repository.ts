import type { Tx } from '@tenure/platform';
import { announceIdentityChange } from '../access/identity-changes.repository';

/** What sign-in has to know of a person before a tenant is known; a copy of `people`, written in the same transaction. */
export interface Login {
  readonly tenantId: string;
  readonly personId: string;
  readonly email: string;
  readonly passwordHash: string | null;
  readonly active: boolean;
}

interface LoginRow {
  tenant_id: string;
  person_id: string;
  email: string;
  password_hash: string | null;
  active: boolean;
}

/** The table `system.logins`. An e-mail address signs in to one tenant. */
export class LoginRepository {
  async byEmail(tx: Tx, email: string): Promise<Login | undefined> {
    const [row] = await tx.query<LoginRow>(
      `select tenant_id, person_id, email, password_hash, active from system.logins where email = $1`,
      [email],
    );
    return row && toLogin(row);
  }

  async byPerson(tx: Tx, tenantId: string, personId: string): Promise<Login | undefined> {
    const [row] = await tx.query<LoginRow>(
      `select tenant_id, person_id, email, password_hash, active from system.logins where tenant_id = $1 and person_id = $2`,
      [tenantId, personId],
    );
    return row && toLogin(row);
  }

  async setPassword(tx: Tx, tenantId: string, personId: string, passwordHash: string | null): Promise<void> {
    await tx.query(`update system.logins set password_hash = $3 where tenant_id = $1 and person_id = $2`, [
      tenantId,
      personId,
      passwordHash,
    ]);
    await announceIdentityChange(tx);
  }
}

function toLogin(row: LoginRow): Login {
  return {
    tenantId: row.tenant_id,
    personId: row.person_id,
    email: row.email,
    passwordHash: row.password_hash,
    active: row.active,
  };
}

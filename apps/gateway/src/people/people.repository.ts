import { Problem, type Tx } from '@tenure/platform';
import { announceIdentityChange } from '../access/identity-changes.repository';
import type { Person } from './person.domain';

/** The table `people` (a tenant's own list) and `system.logins` (the same people, for sign-in), always written together. */
export class PeopleRepository {
  /** @throws Problem `conflict` when the e-mail address signs in to a tenant already */
  async add(tx: Tx, tenantId: string, person: Person): Promise<void> {
    const rows = await tx.query(
      `insert into system.logins (email, tenant_id, person_id, name, role, active) values ($1, $2, $3, $4, $5, $6)
       on conflict (email) do nothing returning 1`,
      [person.email, tenantId, person.id, person.name, person.role, person.active],
    );
    if (rows.length === 0) {
      throw new Problem('conflict', 'This e-mail address is taken.', { pointer: '/email' });
    }
    await tx.query(
      `insert into people (tenant_id, person_id, email, name, role, active) values ($1, $2, $3, $4, $5, $6)`,
      [tenantId, person.id, person.email, person.name, person.role, person.active],
    );
  }

  /** Locks the tenant's admins as well, so that two of them cannot demote each other at the same time. */
  async lock(
    tx: Tx,
    tenantId: string,
    personId: string,
  ): Promise<{ person: Person; otherActiveAdmins: number } | undefined> {
    const rows = await tx.query<Omit<Person, 'id'> & { person_id: string }>(
      `select person_id, email, name, role, active from people
        where tenant_id = $1 and (person_id = $2 or (role = 'admin' and active)) order by person_id for update`,
      [tenantId, personId],
    );
    const row = rows.find((each) => each.person_id === personId);
    if (!row) return undefined;
    const { person_id: id, email, name, role, active } = row;
    return { person: { id, email, name, role, active }, otherActiveAdmins: rows.filter((each) => each !== row).length };
  }

  async save(tx: Tx, tenantId: string, person: Person): Promise<void> {
    const values = [tenantId, person.id, person.name, person.role, person.active];
    await tx.query(
      `update people set name = $3, role = $4, active = $5 where tenant_id = $1 and person_id = $2`,
      values,
    );
    await tx.query(
      `update system.logins set name = $3, role = $4, active = $5 where tenant_id = $1 and person_id = $2`,
      values,
    );
    await announceIdentityChange(tx);
  }
}

import { decodeCursor, pageOf, type Page, type Tx } from '@tenure/platform';
import type { Person } from './person.domain';

/** The people of a tenant, by e-mail. */
export class PeopleReadModel {
  async list(tx: Tx, tenantId: string, limit: number, cursor: string | undefined): Promise<Page<Person>> {
    const after = String(decodeCursor(cursor, 1)?.[0] ?? '');
    const rows = await tx.query<Person>(
      `select person_id as id, email, name, role, active from people where tenant_id = $1 and email > $2 order by email limit $3`,
      [tenantId, after, limit + 1],
    );
    return pageOf(rows, limit, (last) => [last.email]);
  }

  async one(tx: Tx, tenantId: string, personId: string): Promise<Person | undefined> {
    const [row] = await tx.query<Person>(
      `select person_id as id, email, name, role, active from people where tenant_id = $1 and person_id = $2`,
      [tenantId, personId],
    );
    return row;
  }
}

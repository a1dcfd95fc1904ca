import { Injectable } from '@nestjs/common';
import { Database, Problem } from '@tenure/platform';
import { SessionRepository } from '../sessions/session.repository';
import { PeopleRepository } from './people.repository';
import { changed, leavesNoAdmin, type Person, type PersonChange } from './person.domain';

/** Changes name, role or access of a person; who is deactivated is signed out everywhere. */
@Injectable()
export class ChangePersonHandler {
  private readonly people = new PeopleRepository();
  private readonly sessions = new SessionRepository();

  constructor(private readonly database: Database) {}

  async handle(tenantId: string, personId: string, change: PersonChange): Promise<Person> {
    return this.database.write([tenantId], async (tx) => {
      const found = await this.people.lock(tx, tenantId, personId);
      if (!found) throw new Problem('not-found', 'There is no such person.');
      const after = changed(found.person, change);
      if (leavesNoAdmin(found.person, after, found.otherActiveAdmins)) {
        throw new Problem('conflict', 'Somebody has to be admin: make another person admin first.');
      }
      await this.people.save(tx, tenantId, after);
      if (!after.active) await this.sessions.endAll(tx, tenantId, personId);
      return after;
    });
  }
}

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, Problem } from '@tenure/platform';
import { MakeLinkHandler } from './make-link.handler';
import { PeopleReadModel } from './people.read-model';
import { PeopleRepository } from './people.repository';
import type { Person } from './person.domain';

/** Adds people to a tenant, and lets them in by a one-time link. */
@Injectable()
export class InvitePersonHandler {
  private readonly people = new PeopleRepository();
  private readonly list = new PeopleReadModel();

  constructor(
    private readonly database: Database,
    private readonly links: MakeLinkHandler,
  ) {}

  async handle(
    tenantId: string,
    invited: Pick<Person, 'email' | 'name' | 'role'>,
  ): Promise<Person & { signInLink: string }> {
    return this.database.write([tenantId], async (tx) => {
      const person: Person = { id: randomUUID(), ...invited, active: true };
      await this.people.add(tx, tenantId, person);
      return { ...person, signInLink: await this.links.handle(tx, { tenantId, personId: person.id }) };
    });
  }

  /** A new link for somebody who is there already: they forgot their password, or never used the first. */
  async again(tenantId: string, personId: string): Promise<string> {
    return this.database.write([tenantId], async (tx) => {
      const person = await this.list.one(tx, tenantId, personId);
      if (!person) throw new Problem('not-found', 'There is no such person.');
      if (!person.active) throw new Problem('conflict', 'This person is not active.');
      return this.links.handle(tx, { tenantId, personId });
    });
  }
}

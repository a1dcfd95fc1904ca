import type { Role } from '@tenure/contracts';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly active: boolean;
}

export interface PersonChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly active?: boolean | undefined;
}

export function changed(person: Person, change: PersonChange): Person {
  return {
    ...person,
    name: change.name ?? person.name,
    role: change.role ?? person.role,
    active: change.active ?? person.active,
  };
}

/** A tenant without an admin who can sign in could not be administered by anyone any more. */
export function leavesNoAdmin(before: Person, after: Person, otherActiveAdmins: number): boolean {
  return isAdmin(before) && !isAdmin(after) && otherActiveAdmins === 0;
}

function isAdmin(person: Person): boolean {
  return person.role === 'admin' && person.active;
}

import { stakeholderChanged } from '@tenure/contracts';
import type { Account, World } from '../world/account.domain';
import { businessDay } from '../world/calendar.domain';
import { newName } from '../world/people-names.domain';
import type { Random } from '../world/random.domain';
import { type SimulatedEvent, notBeforeStart, recorder, workingSecond } from './event.domain';
import type { Stakeholder, User } from './person.domain';

export function planStakeholders(
  world: World,
  account: Account,
  random: Random,
  taken: Set<string>,
  users: readonly User[],
): Stakeholder[] {
  if (account.role === 'internal' || account.role === 'test' || account.role === 'merged') return [];
  const [first, second, third] = users;
  const fromUser = (user: User, roles: string[], influence: number, number: number): Stakeholder => ({
    stakeholderId: `sh-${account.index}-${number}`,
    user,
    name: user.name,
    email: user.email,
    title: user.title,
    roles,
    influence,
    joined: user.joined,
    left: user.left,
  });
  const outsider = (
    title: string,
    roles: string[],
    influence: number,
    number: number,
    joined = account.firstDay,
  ): Stakeholder => {
    const name = newName(random, taken);
    return {
      stakeholderId: `sh-${account.index}-${number}`,
      user: undefined,
      name: name.full,
      email: `${name.local}@${account.domain}`,
      title,
      roles,
      influence,
      joined,
      left: undefined,
    };
  };
  const buyer = outsider(
    account.segment === 'smb' ? 'Owner' : 'Chief Operating Officer',
    ['economic-buyer', 'decision-maker'],
    0.9,
    2,
  );
  const people = [
    ...(first ? [fromUser(first, ['champion', 'power-user'], 0.7, 1)] : []),
    buyer,
    ...(second ? [fromUser(second, ['admin'], 0.4, 3)] : []),
  ];
  if (account.segment !== 'smb' && third) people.push(fromUser(third, ['technical', 'power-user'], 0.4, 4));
  if (account.segment === 'enterprise')
    people.push(
      outsider('Vice President Operations', ['executive-sponsor'], 1, 5),
      outsider('Procurement Lead', ['procurement'], 0.5, 6),
    );
  const successor = first?.left !== undefined && account.role === 'healthy' && first.left + 35 < world.until;
  return successor
    ? [...people, outsider('Head of Planning', ['champion'], 0.6, 7, businessDay((first.left ?? 0) + 28))]
    : people;
}

export function stakeholderEvents(
  world: World,
  account: Account,
  stakeholders: readonly Stakeholder[],
): SimulatedEvent[] {
  const record = recorder(world, account, 'crm');
  return stakeholders.flatMap((person, index) => {
    if (person.left !== undefined && person.left <= world.start) return [];
    const day = notBeforeStart(world, person.joined);
    const state = stakeholderState(person);
    const added = record(
      stakeholderChanged,
      person.stakeholderId,
      { day, second: 800 + index },
      { ...state, change: 'added' },
    );
    if (person.left === undefined) return [added];
    const seen = { day: person.left, second: workingSecond(account, 0.8) };
    return [added, record(stakeholderChanged, `${person.stakeholderId}-x`, seen, { ...state, change: 'left' })];
  });
}

export function stakeholderState(person: Stakeholder) {
  return {
    stakeholderId: person.stakeholderId,
    name: person.name,
    email: person.email,
    title: person.title,
    roles: [...person.roles],
    influence: person.influence,
    ...(person.user ? { userId: person.user.userId } : {}),
  };
}

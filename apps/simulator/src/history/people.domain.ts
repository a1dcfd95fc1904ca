import { userChanged } from '@tenure/contracts';
import type { Account, World } from '../world/account.domain';
import { type Day, businessDay, isoTime } from '../world/calendar.domain';
import { isOutsider } from '../world/cast.domain';
import { newName } from '../world/people-names.domain';
import { departments } from '../world/product.domain';
import { type Random, at, randomOf } from '../world/random.domain';
import { seatPrice } from './contract-steps.domain';
import { type SimulatedEvent, notBeforeStart, recorder } from './event.domain';
import type { People, User } from './person.domain';
import { planStakeholders } from './stakeholders.domain';

const usersBySegment = { enterprise: [20, 60], 'mid-market': [11, 20], smb: [5, 10] } as const;

export function planPeople(world: World, account: Account): People {
  const random = randomOf(world.seed, 'people', account.index);
  const taken = new Set<string>();
  const humans = planHumans(world, account, random, taken);
  const champion = championLeaves(world, account, random);
  const users = humans.map((user, index) =>
    index === 0 && champion !== undefined ? { ...user, left: champion } : user,
  );
  const others = isOutsider(account.role) ? [] : planOthers(account, random);
  return { users: [...users, ...others], stakeholders: planStakeholders(world, account, random, taken, users) };
}

function planHumans(world: World, account: Account, random: Random, taken: Set<string>): User[] {
  const [low, high] =
    account.role === 'prospect' || account.role === 'merged' ? [2, 3] : usersBySegment[account.segment];
  const seats = Math.round(account.arr / seatPrice[account.segment]);
  const fewest = account.role === 'slow-decline' || account.role === 'fast-decline' ? 15 : low;
  const count = Math.max(fewest, Math.min(high, Math.round(seats * random.between(0.5, 1)) || low));
  return Array.from({ length: count }, (_, index): User => {
    const name = newName(random, taken);
    const department = index === 0 ? at(departments, 0) : random.pick(departments);
    const core = index < 3;
    const late = !core && random.chance(0.18);
    const joined = late
      ? Math.max(account.firstDay, world.start) + random.int(5, 300)
      : account.firstDay + random.int(0, 12);
    return {
      userId: `u-${account.index}-${index + 1}`,
      name: name.full,
      email: `${name.local}@${account.domain}`,
      title: random.pick(department.titles),
      department: department.name,
      kind: 'human',
      joined,
      left: !core && random.chance(0.07) ? businessDay(joined + random.int(60, 500)) : undefined,
      conviction: core ? 0.05 + index * 0.08 : random.next(),
      rate: Math.min(0.8, 0.06 + random.gamma(2.2, core ? 0.3 : 0.19)),
    };
  });
}

/** Integrations of a third of the accounts, and now and then one of our own people. Neither counts as active. */
function planOthers(account: Account, random: Random): User[] {
  const base = { left: undefined, joined: account.firstDay, conviction: 0, department: 'IT' };
  const service: User = {
    ...base,
    userId: `svc-${account.index}`,
    name: 'Warehouse Sync',
    email: `sync@${account.domain}`,
    title: 'Service account',
    kind: 'service',
    rate: 0.9,
  };
  const internal: User = {
    ...base,
    userId: `int-${account.index}`,
    name: account.csm.name,
    email: account.csm.email,
    title: 'Fieldwork',
    kind: 'internal',
    rate: 0.03,
  };
  return [...(random.chance(0.36) ? [service] : []), ...(random.chance(0.3) ? [internal] : [])];
}

/** Day on which the champion goes, if ever: by the role, or by the 16 % a year that it happens to anyone. */
function championLeaves(world: World, account: Account, random: Random): Day | undefined {
  const draw = random.next();
  const day = random.int(world.start + 30, world.until - 60);
  if (account.role === 'champion-left' || account.role === 'past-champion-cliff') return account.onset;
  return account.role === 'healthy' && draw < 0.1 && day > account.firstDay + 60 ? businessDay(day) : undefined;
}

/** Users of the account on their first day, and their leaving. */
export function userEvents(world: World, account: Account, people: People): SimulatedEvent[] {
  const record = recorder(world, account, 'product');
  return people.users.flatMap((user, index) => {
    if (user.left !== undefined && user.left <= world.start) return [];
    const day = notBeforeStart(world, user.joined);
    const data = {
      userId: user.userId,
      email: user.email,
      name: user.name,
      title: user.title,
      department: user.department,
      kind: user.kind,
    };
    const state = { ...data, licensed: user.kind === 'human', active: true, createdAt: isoTime(user.joined, 30_000) };
    const joined = record(userChanged, `us-${user.userId}`, { day, second: 700 + index }, state);
    if (user.left === undefined) return [joined];
    const gone = { userId: user.userId, licensed: false, active: false };
    return [joined, record(userChanged, `us-${user.userId}-x`, { day: user.left, second: 61_000 }, gone)];
  });
}

import { type TouchpointRecorded, touchpointRecorded } from '@tenure/contracts';
import type { World } from '../world/account.domain';
import { type Day, businessDay, isoTime } from '../world/calendar.domain';
import { healthOn } from '../world/latent-health.domain';
import { type Random, randomOf } from '../world/random.domain';
import type { AccountPlan } from './account-plan.domain';
import { type SimulatedEvent, recorder, workingSecond } from './event.domain';
import type { Stakeholder } from './person.domain';

interface Rhythm {
  readonly kind: TouchpointRecorded['kind'];
  readonly purpose: NonNullable<TouchpointRecorded['purpose']>;
  readonly subject: string;
  readonly everyDays: { readonly enterprise: number; readonly 'mid-market': number; readonly smb: number };
}

const rhythms: readonly Rhythm[] = [
  {
    kind: 'meeting',
    purpose: 'check-in',
    subject: 'Check-in',
    everyDays: { enterprise: 14, 'mid-market': 28, smb: 91 },
  },
  {
    kind: 'meeting',
    purpose: 'review',
    subject: 'Business review',
    everyDays: { enterprise: 91, 'mid-market': 182, smb: 0 },
  },
  {
    kind: 'email',
    purpose: 'check-in',
    subject: 'Your month with Fieldwork',
    everyDays: { enterprise: 21, 'mid-market': 30, smb: 45 },
  },
];

/** Meetings and mails at the segment's rhythm. The worse the health, the more of them are missed or stay without an answer. */
export function touchpointEvents(world: World, plan: AccountPlan): SimulatedEvent[] {
  const { account } = plan;
  if (['prospect', 'internal', 'test', 'merged', 'partner', 'trial'].includes(account.role)) return [];
  const random = randomOf(world.seed, 'touchpoints', account.index);
  const meetings = rhythms.flatMap((rhythm) => {
    const every = rhythm.everyDays[account.segment];
    return every === 0
      ? []
      : daysOf(world, plan, every, random).map((day) => touchpoint(world, plan, random, rhythm, day));
  });
  return [...kickoff(world, plan, random), ...meetings];
}

function daysOf(world: World, plan: AccountPlan, every: number, random: Random): Day[] {
  const days: Day[] = [];
  const last = Math.min(plan.lastDay, world.horizon);
  for (let day = plan.firstDay + random.int(3, every + 3); day <= last; day += every) days.push(businessDay(day));
  return days.filter((day) => day <= last);
}

function kickoff(world: World, plan: AccountPlan, random: Random): SimulatedEvent[] {
  if (plan.account.firstDay < world.start) return [];
  const rhythm: Rhythm = {
    kind: 'meeting',
    purpose: 'kickoff',
    subject: 'Kickoff',
    everyDays: { enterprise: 0, 'mid-market': 0, smb: 0 },
  };
  return [touchpoint(world, plan, random, rhythm, businessDay(plan.firstDay + 3))];
}

function touchpoint(world: World, plan: AccountPlan, random: Random, rhythm: Rhythm, day: Day): SimulatedEvent {
  const { account } = plan;
  const health = healthOn(world, plan.latent, day);
  const present = plan.people.stakeholders.filter(({ joined, left }) => joined <= day && (left ?? day + 1) > day);
  const outcome = outcomeOf(random, rhythm, health, account.role === 'silence' && day >= (account.onset ?? day + 1));
  const second = workingSecond(account, random.between(0.1, 0.8));
  const two = random.shuffle(present).slice(0, random.int(1, 3));
  const touchpointId = `tp-${account.index}-${rhythm.kind[0]}${rhythm.purpose[0]}-${day - world.until}`;
  return recorder(world, account, 'calendar')(
    touchpointRecorded,
    touchpointId,
    { day, second },
    {
      touchpointId,
      kind: rhythm.kind,
      purpose: rhythm.purpose,
      direction: outcome === 'received' ? 'in' : 'out',
      outcome,
      startAt: isoTime(day, second),
      ...(rhythm.kind === 'meeting' ? { endAt: isoTime(day, second + 1800) } : {}),
      attendees: two.map((person) => attendee(person, outcome)),
      host: account.csm.email,
      subject: rhythm.subject,
      ...(outcome === 'held' ? { sentiment: tone(random, health) } : {}),
    },
  );
}

function outcomeOf(random: Random, rhythm: Rhythm, health: number, silent: boolean): TouchpointRecorded['outcome'] {
  const draw = random.next();
  const missed = silent ? 1 : Math.min(0.8, Math.max(0.04, 0.18 - 0.22 * health));
  if (rhythm.kind === 'email') return draw < missed ? 'no-reply' : draw < missed + 0.45 ? 'sent' : 'received';
  return draw < missed ? 'missed' : draw < missed + 0.05 ? 'rescheduled' : 'held';
}

function attendee(person: Stakeholder, outcome: TouchpointRecorded['outcome']) {
  const attended = outcome === 'held' || outcome === 'received';
  const who = { stakeholderId: person.stakeholderId, email: person.email, attended };
  return person.user ? { ...who, userId: person.user.userId } : who;
}

function tone(random: Random, health: number): number {
  return Math.max(-1, Math.min(1, Math.round((0.45 * health + random.normal(0.1, 0.2)) * 100) / 100));
}

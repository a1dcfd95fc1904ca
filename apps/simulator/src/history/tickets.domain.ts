import { type TicketChanged, ticketChanged } from '@tenure/contracts';
import type { World } from '../world/account.domain';
import { type Day, businessDay, isWeekend, isoTime } from '../world/calendar.domain';
import { healthOn } from '../world/latent-health.domain';
import { type TicketKind, ticketSubjects } from '../world/product.domain';
import { type Random, at, randomOf } from '../world/random.domain';
import type { AccountPlan } from './account-plan.domain';
import { type SimulatedEvent, recorder, workingSecond } from './event.domain';

interface Case {
  readonly ticketId: string;
  readonly day: Day;
  readonly kind: TicketKind;
  readonly priority: TicketChanged['priority'];
  readonly health: number;
  readonly daysToSolve: number;
  readonly escalated: boolean;
  readonly requesterId: string | undefined;
}

const perUserAndDay = 0.0035;

/** Tickets grow with the users; how long they stay open, and their tone, with the latent health. */
export function ticketEvents(world: World, plan: AccountPlan): SimulatedEvent[] {
  const { account } = plan;
  if (['prospect', 'internal', 'test', 'merged', 'partner'].includes(account.role)) return [];
  const random = randomOf(world.seed, 'tickets', account.index);
  const cases: Case[] = [];
  for (let day = plan.firstDay + 2; day <= Math.min(plan.lastDay, world.horizon); day += 1) {
    const count = isWeekend(day) ? 0 : random.poisson(dailyRate(plan, day));
    for (let i = 0; i < count; i += 1) cases.push(drawCase(world, plan, random, day, cases.length + 1));
  }
  return [...cases, ...scripted(world, plan, random)].flatMap((one) => caseEvents(world, plan, one));
}

function dailyRate(plan: AccountPlan, day: Day): number {
  const { role, onset } = plan.account;
  const base = Math.min(0.14, plan.people.users.length * perUserAndDay);
  const spiral = role === 'past-ticket-spiral' && onset !== undefined && day >= onset ? 4 : 1;
  const calm = role === 'silence' && onset !== undefined && day >= onset ? 0 : 1;
  return base * spiral * calm;
}

function drawCase(world: World, plan: AccountPlan, random: Random, day: Day, number: number): Case {
  const health = healthOn(world, plan.latent, day);
  const kind = at(['question', 'problem', 'incident', 'request'] as const, random.weighted([0.4, 0.36, 0.06, 0.18]));
  const priority =
    kind === 'incident' ? 'urgent' : at(['low', 'normal', 'high'] as const, random.weighted([0.3, 0.55, 0.15]));
  const slow = Math.exp(-0.7 * Math.max(-2.5, Math.min(health, 1.2)));
  const usual = priority === 'urgent' ? 0.5 : priority === 'high' ? 1.2 : 2.5;
  const escalated = priority !== 'low' && random.chance(health < -0.5 ? 0.1 : 0.004);
  const days = Math.round(random.gamma(1.5, usual * slow));
  const daysToSolve = escalated ? Math.min(days, 5) : days;
  return {
    ticketId: `tk-${plan.account.index}-${number}`,
    day,
    kind,
    priority,
    health,
    daysToSolve,
    escalated,
    requesterId: requester(plan, random, day),
  };
}

function requester(plan: AccountPlan, random: Random, day: Day): string | undefined {
  const present = plan.people.users.filter(
    ({ kind, joined, left }) => kind === 'human' && joined <= day && (left ?? day + 1) > day,
  );
  return present.length === 0 ? undefined : random.pick(present).userId;
}

/** What the roles bring: a spike of tickets in the last days, or one that is escalated and still open. */
function scripted(world: World, plan: AccountPlan, random: Random): Case[] {
  const { role, onset, index } = plan.account;
  if (onset === undefined) return [];
  if (role === 'ticket-spike') {
    return Array.from({ length: 11 }, (_, i) => {
      const day = Math.min(world.until, businessDay(onset + Math.floor((i * (world.until - onset)) / 12)));
      const priority = i % 3 === 0 ? ('high' as const) : ('normal' as const);
      return {
        ...drawCase(world, plan, random, day, 0),
        ticketId: `tk-${index}-s${i}`,
        kind: 'problem',
        priority,
        daysToSolve: i % 2 === 0 ? 3 : 15,
        escalated: false,
        health: -0.6,
      };
    });
  }
  if (role !== 'escalation') return [];
  const day = Math.min(world.until - 2, businessDay(onset));
  return [
    {
      ...drawCase(world, plan, random, day, 0),
      ticketId: `tk-${index}-e`,
      kind: 'incident',
      priority: 'urgent',
      daysToSolve: 30,
      escalated: true,
      health: -1,
    },
  ];
}

function caseEvents(world: World, plan: AccountPlan, one: Case): SimulatedEvent[] {
  const random = randomOf(world.seed, 'ticket', one.ticketId);
  const record = recorder(world, plan.account, 'desk');
  const opened = workingSecond(plan.account, random.between(0, 0.7));
  const tone = Math.max(-1, Math.min(1, Math.round((0.35 * one.health - 0.1 + random.normal(0, 0.25)) * 100) / 100));
  const base = {
    ticketId: one.ticketId,
    priority: one.priority,
    kind: one.kind,
    subject: random.pick(ticketSubjects[one.kind]),
    ...(one.requesterId ? { requesterId: one.requesterId } : {}),
    openedAt: isoTime(one.day, opened),
    url: `https://helpdesk.fieldwork.example/tickets/${one.ticketId}`,
  };
  const at_ = (
    change: TicketChanged['change'],
    status: TicketChanged['status'],
    day: Day,
    second: number,
    more: object,
  ) => record(ticketChanged, `${one.ticketId}-${change}`, { day, second }, { ...base, change, status, ...more });
  const events = [at_('opened', 'new', one.day, opened, { sentiment: tone })];
  if (one.escalated) {
    const day = one.day + 1;
    events.push(
      at_('escalated', 'open', day, workingSecond(plan.account, 0.3), {
        sentiment: Math.max(-1, tone - 0.3),
        replyCount: 3,
      }),
    );
  }
  return [...events, ...solution(plan, one, random, opened, at_)];
}

type At = (
  change: TicketChanged['change'],
  status: TicketChanged['status'],
  day: Day,
  second: number,
  more: object,
) => SimulatedEvent;

function solution(plan: AccountPlan, one: Case, random: Random, opened: number, at_: At): SimulatedEvent[] {
  const day =
    one.daysToSolve === 0
      ? one.day
      : businessDay(Math.max(one.day + (one.escalated ? 2 : 1), one.day + one.daysToSolve));
  const second =
    day === one.day
      ? Math.min(opened + 4000 + random.int(0, 4000), 86_390)
      : workingSecond(plan.account, random.between(0.4, 1));
  const answered = isoTime(one.day, Math.min(opened + random.int(300, 14_000), second + (day - one.day) * 86_400 - 60));
  const rated = random.chance(0.32)
    ? { csat: Math.max(1, Math.min(5, Math.round(4.1 + 0.8 * one.health + random.normal(0, 0.6)))) }
    : {};
  const done = { firstResponseAt: answered, solvedAt: isoTime(day, second), replyCount: random.int(1, 6), ...rated };
  return [at_('solved', 'solved', day, second, done)];
}

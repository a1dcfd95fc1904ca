import {
  contractChanged,
  stakeholderChanged,
  surveyResponded,
  type TicketChanged,
  ticketChanged,
  userChanged,
} from '@tenure/contracts';
import type { AccountPlan } from '../history/account-plan.domain';
import { contractInForce } from '../history/contracts.domain';
import type { DaySlices } from '../history/day-slices.domain';
import { type Moment, type SimulatedEvent, recorder } from '../history/event.domain';
import type { Stakeholder } from '../history/person.domain';
import { stakeholderState } from '../history/stakeholders.domain';
import type { World } from '../world/account.domain';
import { isoTime } from '../world/calendar.domain';
import { comments, ticketSubjects } from '../world/product.domain';
import { at, randomOf } from '../world/random.domain';

/*
 * So that somebody who looks at the demo sees the base live: every few minutes one account of a small cast gets into trouble,
 * and half an hour later out of it. The rest of the base stays as it is.
 */

export const storyMs = 180_000;
const castSize = 10;

interface Scene {
  readonly world: World;
  readonly plan: AccountPlan;
  readonly moment: Moment;
  /** Tells the rounds of the cast apart. */
  readonly round: string;
  readonly worse: boolean;
}

type Story = (scene: Scene) => SimulatedEvent[];

/** The accounts of the stories: healthy ones of the first book that keep their champion. */
export function storyCast({ world, plans }: DaySlices): AccountPlan[] {
  const fit = plans.filter(
    ({ account, people, contracts }) =>
      account.inBook &&
      account.role === 'healthy' &&
      account.segment !== 'smb' &&
      contracts.lastDay === undefined &&
      people.users[0]?.left === undefined,
  );
  return randomOf(world.seed, 'story-cast').shuffle(fit).slice(0, castSize);
}

/** The stories are numbered from when live play began for the first time: the first half of a round makes worse, the second better. */
export interface StoryTime {
  readonly since: number;
  readonly slot: number;
}

export function storyTime(since: number, ms: number): StoryTime {
  return { since, slot: Math.max(0, Math.floor((ms - since) / storyMs)) };
}

/** What happens in a slot of three minutes; a function of the slot alone. */
export function storyOf(
  slices: DaySlices,
  cast: readonly AccountPlan[],
  { since, slot }: StoryTime,
  now: Date,
): SimulatedEvent[] {
  if (cast.length === 0) return [];
  const index = slot % cast.length;
  const half = Math.floor(slot / cast.length);
  const ms = now.getTime();
  const day = Math.floor(ms / 86_400_000);
  const moment = { day, second: ms / 1000 - day * 86_400 };
  const scene = {
    world: slices.world,
    plan: at(cast, index),
    moment,
    round: `${Math.floor(since / 1000).toString(36)}${Math.floor(half / 2).toString(36)}`,
    worse: half % 2 === 0,
  };
  return at(stories, index)(scene);
}

/** The slots between two others in which somebody who is in trouble would have come out of it: told late rather than never. */
export function missedRecoveries(cast: readonly AccountPlan[], last: StoryTime, now: StoryTime): StoryTime[] {
  const until = Math.min(last.slot + cast.length, now.slot - 1);
  const slots = Array.from({ length: Math.max(0, until - last.slot) }, (_, i) => last.slot + 1 + i);
  return slots.filter((slot) => Math.floor(slot / cast.length) % 2 === 1).map((slot) => ({ since: now.since, slot }));
}

const champion = ({ plan }: Scene): Stakeholder[] => plan.people.stakeholders.slice(0, 1);

const escalation: Story = (scene) => {
  const tell = ticket(scene, 'e', 'incident', 'urgent');
  if (!scene.worse) return [tell('solved', 'solved', { csat: 4 }, 0)];
  return [tell('opened', 'new', { sentiment: -0.6 }, 0), tell('escalated', 'open', { sentiment: -0.8 }, 1)];
};

const ticketBurst: Story = (scene) =>
  [0, 1, 2, 3, 4].map((number) => {
    const tell = ticket(scene, `b${number}`, 'problem', 'high');
    return scene.worse
      ? tell('opened', 'new', { sentiment: -0.4 }, number)
      : tell('solved', 'solved', { csat: 4 }, number);
  });

const championLeaves: Story = (scene) =>
  champion(scene).flatMap((person) => {
    const { world, plan, moment, round, worse } = scene;
    const change = worse ? ('left' as const) : ('returned' as const);
    const seat = { userId: person.user?.userId ?? '', active: !worse, licensed: !worse };
    return [
      recorder(world, plan.account, 'crm')(stakeholderChanged, `live-${change}-${round}`, moment, {
        ...stakeholderState(person),
        change,
      }),
      recorder(world, plan.account, 'product')(userChanged, `live-seat-${change}-${round}`, later(moment, 1), seat),
    ];
  });

const badAnswers: Story = (scene) =>
  scene.plan.people.stakeholders.slice(0, 2).map((person, index) => {
    const { world, plan, moment, round, worse } = scene;
    const key = `live-nps-${worse ? 'bad' : 'good'}-${round}-${index}`;
    const comment = worse ? comments.bad[index + 1] : comments.good[index + 1];
    return recorder(world, plan.account, 'surveys')(surveyResponded, key, later(moment, index), {
      responseId: `sr-${plan.account.index}-${key}`,
      surveyId: 'relationship-nps',
      kind: 'nps',
      score: worse ? 1 + index : 9,
      stakeholderId: person.stakeholderId,
      email: person.email,
      ...(comment ? { comment } : {}),
    });
  });

const notice: Story = ({ world, plan, moment, round, worse }) =>
  contractInForce(plan.contracts, moment.day)
    .slice(0, 1)
    .map((contract) => {
      const status = worse ? ('notice-given' as const) : ('active' as const);
      const noticeGivenAt = worse ? isoTime(moment.day, moment.second) : null;
      return recorder(world, plan.account, 'crm')(contractChanged, `live-${status}-${round}`, moment, {
        ...contract,
        status,
        noticeGivenAt,
      });
    });

const stories: readonly Story[] = [escalation, championLeaves, badAnswers, notice, ticketBurst];

function ticket(
  { world, plan, moment, round }: Scene,
  key: string,
  kind: 'incident' | 'problem',
  priority: TicketChanged['priority'],
) {
  const ticketId = `tk-${plan.account.index}-live-${round}-${key}`;
  const record = recorder(world, plan.account, 'desk');
  const subject = at(ticketSubjects[kind], key.charCodeAt(key.length - 1));
  const base = { ticketId, kind, priority, subject, url: `https://helpdesk.fieldwork.example/tickets/${ticketId}` };
  return (change: TicketChanged['change'], status: TicketChanged['status'], more: object, second: number) =>
    record(ticketChanged, `${ticketId}-${change}`, later(moment, second), { ...base, change, status, ...more });
}

function later(moment: Moment, seconds: number): Moment {
  return { day: moment.day, second: moment.second + seconds };
}

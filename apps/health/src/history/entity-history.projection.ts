import { roundedMinor } from '@tenure/contracts';
import { dataOf, emptyState, fold, type StateEvent, statementOfEvent } from '@tenure/platform';
import {
  type Entity,
  type Goal,
  type InvoiceState,
  type MetricState,
  type ProfileState,
  type StakeholderState,
  type SurveyState,
  type TicketState,
  timedStates,
  type TouchpointState,
  type UserState,
} from '@tenure/scoring';

type Data = Readonly<Record<string, unknown>>;

/** Groups the events of one kind by entity and folds every prefix, as it happened and as it was known; ordered by id. */
export function entitiesOf<S>(
  events: readonly StateEvent[],
  read: (data: Data, events: readonly StateEvent[]) => S,
): Entity<S>[] {
  const byId = Map.groupBy(events, (event) => event.entityId);
  const inOrder = [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([id, list]) => ({
    id,
    states: timedStates(
      list.map((event) => ({ at: event.time.getTime(), knownAt: event.knownAt.getTime(), event })),
      (known) => {
        const kept = known.map(({ event }) => event);
        return read(dataOf(kept.map(statementOfEvent).reduce(fold, emptyState)), kept);
      },
    ),
  }));
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const instant = (value: unknown): number | undefined => (typeof value === 'string' ? Date.parse(value) : undefined);

/** Leaves out what is undefined, so that an absent field stays absent. */
function present<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}

export function profileState(data: Data): ProfileState {
  const currency = text(data['currency']);
  const arr = number(data['arr']);
  return present<ProfileState>({
    name: text(data['name']),
    kind: text(data['kind']) as ProfileState['kind'],
    segment: text(data['segment']),
    stage: text(data['stage']),
    country: text(data['country']),
    plan: text(data['plan']),
    goals: goalsOf(attribute(data, 'goals')),
    onboardingWaitsOn: waitsOn(attribute(data, 'onboardingWaitsOn')),
    arrMinor: arr !== undefined && currency !== undefined ? roundedMinor(arr, currency) : undefined,
    currency,
  });
}

function attribute(data: Data, name: string): unknown {
  const attributes = data['attributes'];
  return typeof attributes === 'object' && attributes !== null ? (attributes as Data)[name] : undefined;
}

const waitsOn = (value: unknown): ProfileState['onboardingWaitsOn'] =>
  value === 'us' || value === 'customer' ? value : undefined;

const mostGoals = 50;

/** The attribute `goals`: [{name, metric?, baseline?, target?}]; what has no name is left out. */
function goalsOf(value: unknown): readonly Goal[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return (value as readonly unknown[]).slice(0, mostGoals).flatMap((each) => {
    const goal = typeof each === 'string' ? { name: each } : (each as Data | null);
    const name = text(goal?.['name']);
    if (!goal || name === undefined || name === '') return [];
    const [metric, baseline, target] = [text(goal['metric']), number(goal['baseline']), number(goal['target'])];
    return [present<Goal>({ name, metric, baseline, target })];
  });
}

/** Readings are whole in themselves, and many: nothing has to be folded to know one. */
export function metricsOf(events: readonly StateEvent[]): Entity<MetricState>[] {
  return [...Map.groupBy(events, (event) => event.entityId)].map(([id, list]) => ({
    id,
    states: list.map(({ time, knownAt, data }) => ({
      at: time.getTime(),
      knownAt: knownAt.getTime(),
      state: present<MetricState>({
        metric: text(data['metric']) ?? id,
        value: number(data['value']) ?? 0,
        limit: number(data['limit']),
        unit: text(data['unit']),
      }),
    })),
  }));
}

export function userState(data: Data): UserState {
  return {
    kind: (text(data['kind']) as UserState['kind'] | undefined) ?? 'human',
    active: data['active'] !== false,
    licensed: typeof data['licensed'] === 'boolean' ? data['licensed'] : null,
  };
}

export function ticketState(data: Data, events: readonly StateEvent[]): TicketState {
  const first = events[0];
  const over = data['status'] === 'solved' || data['status'] === 'closed';
  const escalated = events.findLast((event) => event.data['change'] === 'escalated');
  const rated = events.findLast((event) => typeof event.data['csat'] === 'number');
  return present<TicketState>({
    status: data['status'] as TicketState['status'],
    priority: data['priority'] as TicketState['priority'],
    kind: text(data['kind']) as TicketState['kind'],
    openedAt: instant(data['openedAt']) ?? first?.time.getTime() ?? 0,
    escalatedAt: over || !escalated ? null : escalated.time.getTime(),
    solvedAt: instant(data['solvedAt']),
    firstResponseAt: instant(data['firstResponseAt']),
    reopenCount: number(data['reopenCount']),
    csat: number(data['csat']),
    csatAt: rated?.time.getTime(),
    sentiment: number(data['sentiment']),
    requesterUserId: text(data['requesterId']),
    requesterEmail: text(data['requesterEmail']),
    subject: text(data['subject']),
    tags: data['tags'] as readonly string[] | undefined,
    url: text(data['url']),
  });
}

/** Who comes and goes; an update of somebody who left does not bring them back. */
const movements: readonly unknown[] = ['added', 'left', 'returned'];

export function stakeholderState(data: Data, events: readonly StateEvent[]): StakeholderState {
  const last = events.findLast((event) => movements.includes(event.data['change']));
  return present<StakeholderState>({
    name: text(data['name']) ?? '',
    roles: (data['roles'] as readonly string[] | undefined) ?? [],
    left: last?.data['change'] === 'left',
    userId: text(data['userId']),
    email: text(data['email']),
    influence: number(data['influence']),
    sentiment: number(data['sentiment']),
    confirmedHereAt: instant(data['confirmedHereAt']),
  });
}

export function surveyState(data: Data): SurveyState {
  return present<SurveyState>({
    kind: data['kind'] as SurveyState['kind'],
    score: number(data['score']) ?? 0,
    scale: data['scale'] as SurveyState['scale'],
    userId: text(data['userId']),
    stakeholderId: text(data['stakeholderId']),
    email: text(data['email']),
    ticketId: text(data['ticketId']),
  });
}

export function touchpointState(data: Data): TouchpointState {
  return present<TouchpointState>({
    kind: data['kind'] as TouchpointState['kind'],
    purpose: text(data['purpose']) as TouchpointState['purpose'],
    direction: text(data['direction']) as TouchpointState['direction'],
    outcome: data['outcome'] as TouchpointState['outcome'],
    startAt: instant(data['startAt']) ?? 0,
    attendees: data['attendees'] as TouchpointState['attendees'],
    oneToMany: data['oneToMany'] as boolean | undefined,
    sentiment: number(data['sentiment']),
    url: text(data['url']),
  });
}

export function invoiceState(data: Data): InvoiceState {
  const currency = text(data['currency']) ?? 'USD';
  return present<InvoiceState>({
    status: data['status'] as InvoiceState['status'],
    amountMinor: roundedMinor(number(data['amount']) ?? 0, currency),
    currency,
    dueAt: instant(data['dueAt']) ?? 0,
    paidAt: instant(data['paidAt']),
  });
}

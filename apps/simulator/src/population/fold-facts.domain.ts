import {
  type AccountHistory,
  type AccountUser,
  contractStateOf,
  type Entity,
  type InvoiceState,
  type ProfileState,
  type StakeholderState,
  type SurveyState,
  type TicketState,
  timedStates,
  type TouchpointState,
  type UserState,
} from '@tenure/scoring';
import type { Fact, FactKind } from './fact.domain';

type Data = Readonly<Record<string, unknown>>;

/** The facts of one kind as entities with their versions, as the health service folds the same events. */
function entitiesOf<S>(
  facts: readonly Fact[],
  kind: FactKind,
  read: (data: Data, facts: readonly Fact[]) => S,
): Entity<S>[] {
  const own = facts.filter((fact) => fact.kind === kind);
  return [...Map.groupBy(own, (fact) => fact.id)].map(([id, list]) => ({
    id,
    states: timedStates(list, (known) => read(Object.assign({}, ...known.map(({ data }) => data)) as Data, known)),
  }));
}

const instant = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : undefined);
/** Cents: every currency of the simulator has two decimals. */
const toMinor = (amount: unknown) => Math.round(Number(amount ?? 0) * 100);

/** Leaves out what is undefined, so that an absent field stays absent. */
function present<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}

const pick = (data: Data, names: readonly string[]) =>
  Object.fromEntries(names.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]])));

function userState(data: Data): UserState {
  const licensed = typeof data['licensed'] === 'boolean' ? data['licensed'] : null;
  const kind = (data['kind'] as UserState['kind'] | undefined) ?? 'human';
  return { kind, active: data['active'] !== false, licensed };
}

const ticketFields = ['status', 'priority', 'kind', 'reopenCount', 'csat', 'sentiment', 'subject', 'url'] as const;

function ticketState(data: Data, facts: readonly Fact[]): TicketState {
  const over = data['status'] === 'solved' || data['status'] === 'closed';
  const escalated = facts.findLast((fact) => fact.data['change'] === 'escalated');
  const rated = facts.findLast((fact) => typeof fact.data['csat'] === 'number');
  const own = {
    openedAt: instant(data['openedAt']) ?? facts[0]?.at ?? 0,
    escalatedAt: over || !escalated ? null : escalated.at,
    solvedAt: instant(data['solvedAt']),
    firstResponseAt: instant(data['firstResponseAt']),
    csatAt: rated?.at,
    requesterUserId: data['requesterId'],
    requesterEmail: data['requesterEmail'],
  };
  return present({ ...pick(data, ticketFields), ...own }) as unknown as TicketState;
}

function stakeholderState(data: Data): StakeholderState {
  const own = { name: data['name'] ?? '', roles: data['roles'] ?? [], left: data['change'] === 'left' };
  return { ...pick(data, ['userId', 'email', 'influence', 'sentiment']), ...own } as StakeholderState;
}

const surveyFields = ['kind', 'score', 'scale', 'userId', 'stakeholderId', 'email', 'ticketId'] as const;
const meetingFields = [
  'kind',
  'purpose',
  'direction',
  'outcome',
  'attendees',
  'oneToMany',
  'sentiment',
  'url',
] as const;

const touchpointState = (data: Data) =>
  ({ ...pick(data, meetingFields), startAt: instant(data['startAt']) ?? 0 }) as unknown as TouchpointState;

function invoiceState(data: Data): InvoiceState {
  const own = { amountMinor: toMinor(data['amount']), dueAt: instant(data['dueAt']), paidAt: instant(data['paidAt']) };
  return present({ ...pick(data, ['status', 'currency']), ...own }) as unknown as InvoiceState;
}

function profileState(data: Data): ProfileState {
  const arr = data['arr'] === undefined ? {} : { arrMinor: toMinor(data['arr']) };
  return { ...pick(data, ['name', 'kind', 'segment', 'stage', 'country', 'currency']), ...arr } as ProfileState;
}

/** Everything of a history that is state and not use. */
export function statesOf(
  facts: readonly Fact[],
  timeZone: string,
): Pick<AccountHistory, 'profile' | 'tickets' | 'stakeholders' | 'surveys' | 'touchpoints' | 'contracts' | 'invoices'> {
  return {
    profile: entitiesOf(facts, 'account', profileState)[0]?.states ?? [],
    tickets: entitiesOf(facts, 'ticket', ticketState),
    stakeholders: entitiesOf(facts, 'stakeholder', stakeholderState),
    surveys: entitiesOf(facts, 'survey-response', (data) => pick(data, surveyFields) as unknown as SurveyState),
    touchpoints: entitiesOf(facts, 'touchpoint', touchpointState),
    contracts: entitiesOf(facts, 'contract', (data) => contractStateOf(data, { timeZone, toMinor })),
    invoices: entitiesOf(facts, 'invoice', invoiceState),
  };
}

/** Who was seen using the product, by their bit in the usage bitmaps; who was never declared counts as a person. */
export function usersOf(facts: readonly Fact[], seen: ReadonlyMap<number, string>, since: number): AccountUser[] {
  const declared = new Map(entitiesOf(facts, 'user', userState).map(({ id, states }) => [id, states]));
  const unknown = { at: since, knownAt: since, state: { kind: 'human' as const, active: true, licensed: null } };
  return [...seen].map(([ordinal, id]) => ({ id, ordinal, states: declared.get(id) ?? [unknown] }));
}

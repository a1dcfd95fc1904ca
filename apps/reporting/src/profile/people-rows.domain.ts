import type { StakeholderRow, TicketRow } from '@tenure/contracts';
import { type Contact, isTwoWay, lastContactWith, type StakeholderState, type TouchpointState } from '@tenure/scoring';

type Data = Readonly<Record<string, unknown>>;

/** A folded thing of an account. */
export interface Thing {
  readonly entityId: string;
  readonly data: Data;
  readonly firstTime: Date;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Two-way contacts that have happened, the latest first. */
export function contactsOf(touchpoints: readonly Thing[], now: Date): Contact[] {
  return touchpoints
    .map(({ entityId, data }) => ({
      id: entityId,
      at: Date.parse(String(data['startAt'])),
      state: { ...data, startAt: Date.parse(String(data['startAt'])) } as unknown as TouchpointState,
    }))
    .filter(({ state, at }) => isTwoWay(state) && at <= now.getTime())
    .sort((a, b) => b.at - a.at);
}

/** A stakeholder; address and title come from the end user they are, where their own record has none. */
export function stakeholderRow(
  thing: Thing,
  users: ReadonlyMap<string, Data>,
  contacts: readonly Contact[],
): StakeholderRow {
  const { entityId, data } = thing;
  const user = users.get(text(data['userId']) ?? '') ?? {};
  const email = text(data['email']) ?? text(user['email']);
  const person = { ...data, email: email ?? undefined } as unknown as StakeholderState;
  const met = lastContactWith(contacts, entityId, person);
  return {
    stakeholderId: entityId,
    name: text(data['name']) ?? entityId,
    email,
    title: text(data['title']) ?? text(user['title']),
    roles: (data['roles'] as string[] | undefined) ?? [],
    influence: number(data['influence']),
    sentiment: number(data['sentiment']),
    status: data['change'] === 'left' ? 'left' : 'active',
    lastContactAt: met === null ? null : new Date(met).toISOString(),
  };
}

/** @param everEscalated whether any event about it said so */
export function ticketRow({ entityId, data, firstTime }: Thing, everEscalated: boolean): TicketRow {
  const status = String(data['status']);
  return {
    ticketId: entityId,
    subject: text(data['subject']),
    status,
    priority: String(data['priority']),
    kind: text(data['kind']),
    openedAt: text(data['openedAt']) ?? firstTime.toISOString(),
    solvedAt: text(data['solvedAt']),
    csat: number(data['csat']),
    sentiment: number(data['sentiment']),
    url: text(data['url']),
    escalated: everEscalated && status !== 'solved' && status !== 'closed',
  };
}

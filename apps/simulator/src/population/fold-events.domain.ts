import { usageRecorded, type UsageRecorded } from '@tenure/contracts';
import { type AccountHistory, bitmapOf, type Inputs, UsageDays, zonedDay } from '@tenure/scoring';
import type { SimulatedEvent } from '../history/event.domain';
import type { Fact, FactKind } from './fact.domain';
import { typeOfKind } from './events.domain';
import { statesOf, usersOf } from './fold-facts.domain';

/** What a history needs beside the events. */
export interface Surroundings {
  readonly accountId: string;
  readonly timeZone: string;
  readonly inputs: Inputs;
  readonly keyFeatures: AccountHistory['keyFeatures'];
}

const kindOfType = new Map(Object.entries(typeOfKind).map(([kind, type]) => [type, kind as FactKind]));
const idOfKind: Readonly<Record<FactKind, string>> = {
  account: 'accountId',
  user: 'userId',
  stakeholder: 'stakeholderId',
  ticket: 'ticketId',
  contract: 'contractId',
  invoice: 'invoiceId',
  'survey-response': 'responseId',
  touchpoint: 'touchpointId',
};

/** Folds the events of one account, one by one and in any order, into the history that features read. Duplicates count once. */
export function foldEvents(events: readonly SimulatedEvent[], around: Surroundings): AccountHistory {
  const once = [...new Map(events.map((event) => [`${event.source} ${event.id}`, event])).values()];
  const facts = once.flatMap(factOf);
  const { usage, seen } = foldUsage(once, around.timeZone);
  const firstSeen = Math.min(...once.map(({ time }) => Date.parse(time)));
  return {
    ...around,
    holidays,
    firstSeen,
    usage,
    users: usersOf(facts, seen, firstSeen),
    ...statesOf(facts, around.timeZone),
  };
}

const holidays: ReadonlySet<number> = new Set();

function factOf({ type, time, knownat, data }: SimulatedEvent): Fact[] {
  const kind = kindOfType.get(type);
  if (kind === undefined) return [];
  const { accountId: _account, ...own } = data as Readonly<Record<string, unknown>>;
  const id = (data as Readonly<Record<string, unknown>>)[idOfKind[kind]];
  return [{ kind, id: String(id), at: Date.parse(time), knownAt: Date.parse(knownat ?? time), data: own }];
}

function foldUsage(
  events: readonly SimulatedEvent[],
  timeZone: string,
): { usage: UsageDays; seen: Map<number, string> } {
  const ordinals = new Map<string, number>();
  const usage = new UsageDays();
  for (const { type, time, knownat, data } of events) {
    if (type !== usageRecorded.type) continue;
    const { userId = '', event, actorType = 'human' } = data as UsageRecorded;
    const ordinal = ordinals.get(userId) ?? ordinals.size;
    ordinals.set(userId, ordinal);
    const at = Date.parse(time);
    const users = bitmapOf([ordinal]);
    usage.add({
      day: zonedDay(at, timeZone),
      knownDay: zonedDay(Date.parse(knownat ?? time), timeZone),
      events: 1,
      users,
      byName: { [event]: 1 },
      usersByName: { [event]: users },
      ...(actorType === 'human' && { lastAt: at }),
    });
  }
  return { usage, seen: new Map([...ordinals].map(([userId, ordinal]) => [ordinal, userId])) };
}

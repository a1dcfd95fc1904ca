import {
  accountChanged,
  contractChanged,
  invoiceChanged,
  stakeholderChanged,
  surveyResponded,
  ticketChanged,
  touchpointRecorded,
  usageRecorded,
  userChanged,
} from '@tenure/contracts';
import type { SimulatedEvent } from '../history/event.domain';
import { randomOf } from '../world/random.domain';
import type { Observed } from './account.domain';
import { type FactKind, instantOf, iso } from './fact.domain';
import { eventNames, usesOf } from './use.domain';

export const typeOfKind: Readonly<Record<FactKind, string>> = {
  account: accountChanged.type,
  user: userChanged.type,
  stakeholder: stakeholderChanged.type,
  ticket: ticketChanged.type,
  contract: contractChanged.type,
  invoice: invoiceChanged.type,
  'survey-response': surveyResponded.type,
  touchpoint: touchpointRecorded.type,
};

/** Sent twice under the same id, as senders do that lost the answer. */
const duplicates = 0.03;

/** All events of an account as the public API takes them, in the order in which they came to be known. */
export function eventsOf(observed: Observed): SimulatedEvent[] {
  const { estate, member } = observed.course;
  const random = randomOf(estate.seed, 'duplicates', member.index);
  return [...stateEvents(observed), ...usageEvents(observed)]
    .sort((a, b) => (known(a) < known(b) ? -1 : known(a) > known(b) ? 1 : 0))
    .flatMap((event) => (random.chance(duplicates) ? [event, event] : [event]));
}

const known = ({ knownat, time }: SimulatedEvent): string => knownat ?? time;

function stateEvents({ course, facts }: Observed): SimulatedEvent[] {
  const { accountId } = course.member;
  return facts.map(({ kind, id, at, knownAt, data }, number) => ({
    specversion: '1.0',
    id: `${accountId}-${id}-${number}`,
    source: `/population/${kind}`,
    type: typeOfKind[kind],
    time: iso(at),
    knownat: iso(knownAt),
    data: { accountId, ...data },
  }));
}

function* usageEvents({ course, staff }: Observed): Generator<SimulatedEvent> {
  const { member } = course;
  let number = 0;
  for (const { day, uses } of usesOf(course, staff))
    for (const { who, name, second, knownDay } of uses) {
      const colleague = staff.colleagues[who];
      if (!colleague) continue;
      const at = instantOf(member.timeZone, day, second);
      const later = instantOf(member.timeZone, knownDay, 300);
      const actor = colleague.declared && colleague.kind !== 'human' ? { actorType: colleague.kind } : {};
      const data = { accountId: member.accountId, userId: colleague.userId, event: eventNames[name] ?? '', ...actor };
      yield event(`${member.accountId}-use-${(number += 1)}`, at, Math.max(at, later), data);
    }
}

function event(id: string, at: number, knownAt: number, data: SimulatedEvent['data']): SimulatedEvent {
  const [type, source] = [usageRecorded.type, '/population/product'];
  return { specversion: '1.0', id, source, type, time: iso(at), knownat: iso(knownAt), data };
}

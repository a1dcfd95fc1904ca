import { type EntityName, roundedMinor } from '@tenure/contracts';
import type { StateEvent } from '@tenure/platform';
import { type AccountHistory, contractStateOf, type Entity } from '@tenure/scoring';

import {
  entitiesOf,
  invoiceState,
  stakeholderState,
  surveyState,
  ticketState,
  touchpointState,
} from '../history/entity-history.projection';

type Refold = (history: AccountHistory, events: readonly StateEvent[]) => Partial<AccountHistory>;

/** What of a history an entity of each kind is part of. The others (profiles, users, incidents) reach further. */
const refolds: Readonly<Partial<Record<EntityName, Refold>>> = {
  ticket: ({ tickets }, events) => ({ tickets: joined(tickets, entitiesOf(events, ticketState)) }),
  stakeholder: ({ stakeholders }, events) => ({
    stakeholders: joined(stakeholders, entitiesOf(events, stakeholderState)),
  }),
  'survey-response': ({ surveys }, events) => ({ surveys: joined(surveys, entitiesOf(events, surveyState)) }),
  touchpoint: ({ touchpoints }, events) => ({
    touchpoints: joined(touchpoints, entitiesOf(events, touchpointState)),
  }),
  contract: ({ contracts, timeZone }, events) => {
    const changed = entitiesOf(events, (data) => contractStateOf(data, { timeZone, toMinor: roundedMinor }));
    return { contracts: joined(contracts, changed) };
  },
  invoice: ({ invoices }, events) => ({ invoices: joined(invoices, entitiesOf(events, invoiceState)) }),
};

/** Whether a change of such an entity can be folded into a history that is in memory. */
export function canRefold(entity: EntityName): boolean {
  return refolds[entity] !== undefined;
}

/** What changes in a history, given all that was ever said of the entities that changed. */
export function refolded(history: AccountHistory, events: readonly StateEvent[]): Partial<AccountHistory> {
  const changes = [...Map.groupBy(events, (event) => event.entity)].map(([entity, own]) =>
    refolds[entity]?.(history, own),
  );
  return Object.assign({}, ...changes) as Partial<AccountHistory>;
}

/** In the order that a history read from the tables has. */
function joined<S>(before: readonly Entity<S>[], changed: readonly Entity<S>[]): Entity<S>[] {
  const all = new Map([...before, ...changed].map((each) => [each.id, each]));
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

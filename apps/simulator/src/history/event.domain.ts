import type { EventDefinition } from '@tenure/contracts';
import type { Account, World } from '../world/account.domain';
import { type Day, isoTime } from '../world/calendar.domain';

/** A CloudEvent as the public API takes it: tenant and receipt time are the platform's to add. */
export interface SimulatedEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  /** Only on history that is imported: when it could have been known. */
  readonly knownat?: string;
  readonly data: { readonly accountId: string };
}

/** Where an event of a kind would come from at a real company. */
export const systems = {
  product: '/fieldwork/product',
  crm: '/fieldwork/crm',
  desk: '/fieldwork/helpdesk',
  billing: '/fieldwork/billing',
  surveys: '/fieldwork/surveys',
  calendar: '/fieldwork/calendar',
  status: '/fieldwork/status',
} as const;

export interface Moment {
  readonly day: Day;
  /** Second of the day, UTC. */
  readonly second: number;
}

/** Makes events of one account and one system; `key` is what tells them apart inside the account. */
export function recorder(world: World, account: Account, system: keyof typeof systems) {
  return <T>(
    definition: EventDefinition<T>,
    key: string,
    moment: Moment,
    data: Omit<T, 'accountId'>,
  ): SimulatedEvent => ({
    specversion: '1.0',
    id: `${world.tag}-${account.index}-${key}`,
    source: systems[system],
    type: definition.type,
    time: isoTime(moment.day, moment.second),
    data: { accountId: account.accountId, ...data },
  });
}

export type Record = ReturnType<typeof recorder>;

/** A second of the account's working hours that lies on the same day in UTC. */
export function workingSecond(account: Account, draw: number): number {
  const offset = account.place.offset;
  const from = Math.max(8, offset);
  const to = Math.min(18, 24 + offset);
  return Math.floor((from - offset + draw * (to - from)) * 3600) % 86_400;
}

/** What existed before the history began is told on its first day. */
export function notBeforeStart(world: World, day: Day): Day {
  return Math.max(day, world.start);
}

import type { World } from '../world/account.domain';
import { type Day, dayOf } from '../world/calendar.domain';
import { type AccountPlan, planAccount } from './account-plan.domain';
import { contractEvents } from './contracts.domain';
import type { SimulatedEvent } from './event.domain';
import { invoiceEvents } from './invoices.domain';
import { userEvents } from './people.domain';
import { incidentEvents, metricEvents, profileEvents } from './profile.domain';
import { stakeholderEvents } from './stakeholders.domain';
import { surveyEvents } from './surveys.domain';
import { ticketEvents } from './tickets.domain';
import { touchpointEvents } from './touchpoints.domain';
import { usageOn } from './usage.domain';

/**
 * The days of the whole base. Use is made day by day and forgotten; the few other events are planned once and kept until their day,
 * so memory grows with the accounts, not with the events.
 */
export class DaySlices {
  readonly plans: readonly AccountPlan[];
  private readonly planned = new Map<Day, SimulatedEvent[]>();

  constructor(readonly world: World) {
    this.plans = world.cast.map((account) => planAccount(world, account));
    for (const plan of this.plans) for (const event of plannedEvents(world, plan)) this.keep(event);
  }

  /** Everything that happens on a day, in the order of time; ties keep the order of the accounts. */
  on(day: Day): SimulatedEvent[] {
    const usage = this.plans.flatMap((plan) => usageOn(this.world, plan, day));
    return [...this.plannedOn(day), ...usage].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  }

  /** The events of a day that are not use: contracts, tickets, surveys, people, meetings, invoices. */
  plannedOn(day: Day): readonly SimulatedEvent[] {
    return this.planned.get(day) ?? [];
  }

  /** The history from a day on, as an import sends it: known when it happened. */
  *history(from: Day = this.world.start): Generator<{ readonly day: Day; readonly events: readonly SimulatedEvent[] }> {
    for (let day = from; day <= this.world.until; day += 1) {
      yield { day, events: this.on(day).map((event) => ({ ...event, knownat: event.time })) };
    }
  }

  private keep(event: SimulatedEvent): void {
    const day = dayOf(event.time.slice(0, 10));
    const events = this.planned.get(day);
    if (events) events.push(event);
    else this.planned.set(day, [event]);
  }
}

function plannedEvents(world: World, plan: AccountPlan): SimulatedEvent[] {
  return [
    ...profileEvents(world, plan),
    ...contractEvents(world, plan.account, plan.contracts),
    ...userEvents(world, plan.account, plan.people),
    ...stakeholderEvents(world, plan.account, plan.people.stakeholders),
    ...ticketEvents(world, plan),
    ...surveyEvents(world, plan),
    ...touchpointEvents(world, plan),
    ...invoiceEvents(world, plan),
    ...metricEvents(world, plan),
    ...incidentEvents(world, plan),
  ];
}

import type { DaySlices } from '../history/day-slices.domain';
import type { SimulatedEvent } from '../history/event.domain';

const dayMs = 86_400_000;

/**
 * What the plan holds between two instants, the first excluded: contracts, tickets, surveys, meetings as they fall due; and of days
 * that were missed from midnight to midnight also the use, as if the product had been asked for it later.
 */
export function missedEvents(slices: DaySlices, from: number, to: number): SimulatedEvent[] {
  const events: SimulatedEvent[] = [];
  for (let day = Math.floor(from / dayMs); day * dayMs <= to; day += 1) {
    const whole = day * dayMs >= from && (day + 1) * dayMs <= to;
    const due = (event: SimulatedEvent) => Date.parse(event.time) > from && Date.parse(event.time) <= to;
    events.push(...(whole ? slices.on(day) : slices.plannedOn(day).filter(due)));
  }
  return events;
}

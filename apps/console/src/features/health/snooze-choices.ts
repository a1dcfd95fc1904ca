import { addDays, dayIn, morningOf } from '../../format/dates';

/** Until a morning of the tenant's zone, or until the condition gets worse. */
export type SnoozeChoice = { until: string } | { untilWorse: true };

/** Tomorrow, the next Monday that is at least two days away, two weeks, a month: days from `now` in the zone. */
export function snoozeDays(now: Date, zone: string): { label: string; day: string }[] {
  const today = dayIn(now, zone);
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const toMonday = ((8 - weekday) % 7 || 7) < 2 ? 8 : (8 - weekday) % 7 || 7;
  return [
    { label: 'Tomorrow', day: addDays(today, 1) },
    { label: 'Next Monday', day: addDays(today, toMonday) },
    { label: 'In two weeks', day: addDays(today, 14) },
    { label: 'In a month', day: addDays(today, 30) },
  ];
}

/** The body of POST /alerts/{id}/snooze. */
export function snoozeBody(choice: SnoozeChoice, zone: string): Record<string, unknown> {
  return 'untilWorse' in choice ? { untilWorse: true } : { until: morningOf(choice.until, zone) };
}

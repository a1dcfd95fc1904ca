import { customerSince } from '../features/account';
import { seatAssignment } from '../features/adoption';
import { percent, viewOf } from '../features/standpoint';
import { dayStart } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  minAssigned: 0.5,
  clearAssigned: 0.6,
  /** Smaller contracts are not judged. */
  minSeats: 10,
  /** Seats are handed out in the first weeks. */
  minAgeDays: 60,
};
type Parameters = typeof defaults;

export const seatShelfware: SignalDefinition<Parameters> = {
  name: 'seat-shelfware',
  version: 1,
  title: 'Paid seats nobody has',
  condition: 'Fewer than 50 % of the paid seats are assigned (from 10 seats, from the third month).',
  clears: 'At least 60 % are assigned for a day.',
  baseSeverity: 'low',
  inputs: ['contracts'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 24,
  recommendedAction: 'Agree which team gets the free seats, before somebody finds them while preparing the renewal.',
  defaults,
  parameters: {
    minAssigned: { label: 'Assigned seats, at least', unit: 'share', min: 0.05, max: 0.95 },
    clearAssigned: { label: 'Clears from assigned seats of', unit: 'share', min: 0.05, max: 1 },
    minSeats: { label: 'Judged from, paid seats', unit: 'seats', min: 1, max: 10_000, integer: true },
    minAgeDays: { label: 'Customers for longer than', unit: 'days', min: 0, max: 365, integer: true },
  },
  requires: (history, asOf) =>
    seatAssignment(viewOf(history, asOf)) ? null : 'Not assessable: the paid or the assigned seats are not known.',
  assess,
};

function assess({ history, asOf, today, held, since, parameters }: Standpoint<Parameters>): Verdict {
  const view = viewOf(history, asOf);
  const { paid, assigned } = seatAssignment(view) ?? { paid: 0, assigned: 0 };
  const start = customerSince(view);
  const young = start === null || today - start < parameters.minAgeDays;
  const share = paid === 0 ? 1 : assigned / paid;
  const limit = held ? parameters.clearAssigned : parameters.minAssigned;
  const holds = !young && paid >= parameters.minSeats && share < limit;
  return {
    holds,
    since: holds ? (since ?? asOf.at) : null,
    summary: holds ? `${assigned} of ${paid} paid seats (${percent(share)}) are assigned` : 'Seats are handed out',
    reason: `${assigned} of ${paid} paid seats (${percent(share)}) are assigned.`,
    evidence: [
      evidence('Assigned seats', 'seats-assigned', 'seats', {
        value: assigned,
        baseline: paid,
        threshold: Math.ceil(parameters.minAssigned * paid),
        ids: view.terms.inForce,
      }),
    ],
    due: young && start !== null ? dayStart(start + parameters.minAgeDays, history.timeZone) : null,
  };
}

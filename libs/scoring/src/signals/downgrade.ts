import { contractTerms } from '../contracts/contract-terms';
import type { ContractTerms } from '../contracts/terms';
import { percent, viewOf, windowOf, type View } from '../features/standpoint';
import { DAY_MS, isoFromDay } from '../time/day';
import { dayStart } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** Against the contracts of so many days ago. */
  windowDays: 60,
  /** Share of the recurring revenue or of the seats that is gone. */
  minDrop: 0.1,
};
type Parameters = typeof defaults;

export const downgrade: SignalDefinition<Parameters> = {
  name: 'downgrade',
  version: 1,
  title: 'A smaller plan',
  condition:
    'The recurring revenue or the paid seats of the contracts in force are at least 10 % below those of 60 days ago.',
  clears: 'They are back, or the smaller plan is 60 days old.',
  baseSeverity: 'medium',
  inputs: ['contracts'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 24,
  recommendedAction: 'Ask what they no longer need and why, and whether the rest does what they bought it for.',
  defaults,
  parameters: {
    windowDays: { label: 'Against the contracts of, days ago', unit: 'days', min: 14, max: 365, integer: true },
    minDrop: { label: 'Smaller by, at least', unit: 'share', min: 0.01, max: 0.95 },
  },
  assess,
};

function assess({ history, asOf, today, since, parameters }: Standpoint<Parameters>): Verdict {
  const view = viewOf(history, asOf);
  const then = contractTerms(history, { at: asOf.at - parameters.windowDays * DAY_MS, knownAt: asOf.knownAt });
  const revenue = revenueDrop(then, view.terms);
  const seats = seatDrop(then, view.terms);
  const holds = view.terms.inForce.length > 0 && Math.max(revenue?.drop ?? 0, seats?.drop ?? 0) >= parameters.minDrop;
  const window = windowOf(today - parameters.windowDays, today, `since ${isoFromDay(today - parameters.windowDays)}`);
  const worst = revenue && revenue.drop >= (seats?.drop ?? 0) ? revenue : seats;
  return {
    holds,
    since: holds ? (since ?? asOf.at) : null,
    summary: holds && worst ? worst.summary : 'The plan is as large as before',
    reason:
      holds && worst
        ? `${worst.summary} within ${parameters.windowDays} days.`
        : 'The contracts in force are as large as before.',
    evidence: [
      ...(revenue
        ? [
            evidence('Recurring revenue a year, smallest units', 'arr', 'money', {
              value: revenue.now,
              baseline: revenue.before,
              threshold: revenue.before * (1 - parameters.minDrop),
              window,
              ids: view.terms.inForce,
            }),
          ]
        : []),
      ...(seats
        ? [
            evidence('Paid seats', 'seats', 'seats', {
              value: seats.now,
              baseline: seats.before,
              threshold: seats.before * (1 - parameters.minDrop),
              window,
              ids: view.terms.inForce,
            }),
          ]
        : []),
    ],
    // A contract may begin or end, and the window slides, at midnight.
    due: nextDay(view),
  };
}

interface Drop {
  readonly now: number;
  readonly before: number;
  readonly drop: number;
  readonly summary: string;
}

function revenueDrop(then: ContractTerms, now: ContractTerms): Drop | null {
  if (then.arrSource !== 'contracts' || now.arrSource !== 'contracts') return null;
  const [largest] = Object.entries(then.arrByCurrency).sort(([, a], [, b]) => b - a);
  if (!largest || largest[1] <= 0) return null;
  const [currency, before] = largest;
  const left = now.arrByCurrency[currency] ?? 0;
  // Another currency is another price list, no smaller plan.
  if (left === 0 && Object.keys(now.arrByCurrency).length > 0) return null;
  const drop = 1 - left / before;
  return { now: left, before, drop, summary: `The recurring revenue is ${percent(drop)} lower` };
}

function seatDrop(then: ContractTerms, now: ContractTerms): Drop | null {
  if (!then.seats || now.seats === null) return null;
  const drop = 1 - now.seats / then.seats;
  return { now: now.seats, before: then.seats, drop, summary: `Paid seats went from ${then.seats} to ${now.seats}` };
}

const nextDay = ({ history, today, terms }: View): number | null =>
  terms.arrSource === 'contracts' ? dayStart(today + 1, history.timeZone) : null;

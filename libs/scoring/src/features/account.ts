import { contractTerms } from '../contracts/contract-terms';
import type { ContractTerms } from '../contracts/terms';
import { derivedAt, statesAt } from '../history/as-of';
import type { InvoiceState } from '../history/entities';
import { DAY_MS, isoFromDay, type EpochDay } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import type { Feature, FeatureName } from './feature';
import { absent, count, line, mean, missing, percent, round, type View } from './standpoint';

type AccountFeature = Extract<
  FeatureName,
  | 'invoices-overdue'
  | 'account-age-days'
  | 'days-to-decision'
  | 'notice-given'
  | 'tenure-days'
  | 'price-change'
  | 'payment-days-late'
>;

export function accountFeatures(view: View): Record<AccountFeature, Feature> {
  return {
    'invoices-overdue': absent(view, 'invoices') ?? overdueInvoices(view),
    'account-age-days': age(view),
    'days-to-decision': absent(view, 'contracts') ?? decision(view),
    'notice-given': absent(view, 'contracts') ?? notice(view),
    'tenure-days': absent(view, 'contracts') ?? tenure(view),
    'price-change': absent(view, 'contracts') ?? priceChange(view),
    'payment-days-late': absent(view, 'invoices') ?? lateness(view),
  };
}

function overdueInvoices(view: View): Feature {
  const late = statesAt(view.history.invoices, view.asOf).filter(
    ({ state }) =>
      state.status === 'overdue' ||
      state.status === 'failed' ||
      (state.status === 'open' && state.dueAt < view.asOf.at),
  );
  const verb = late.length === 1 ? 'is' : 'are';
  return {
    value: late.length,
    reason: late.length === 0 ? 'No invoice is overdue.' : `${count(late.length, 'invoice')} ${verb} overdue.`,
    evidence: [
      line(
        'Overdue invoices',
        late.length,
        'invoices',
        null,
        late.map((one) => one.id),
      ),
    ],
  };
}

/** How late a payment is, on average over the invoices that fell due in the last year. */
function lateness(view: View): Feature {
  const { at } = view.asOf;
  const due = statesAt(view.history.invoices, view.asOf).filter(
    ({ state }) => state.status !== 'void' && state.dueAt <= at && state.dueAt > at - 365 * DAY_MS,
  );
  const days = due.map(({ state }) => Math.max(0, Math.min(at, paidAt(state) ?? at) - state.dueAt) / DAY_MS);
  const value = mean(days);
  if (value === null) return missing('No invoice fell due in the last year.');
  return {
    value,
    reason: `${count(due.length, 'invoice')} of the last year paid ${count(round(value), 'day')} late on average.`,
    evidence: [
      line(
        'Mean days late',
        round(value),
        'days',
        null,
        due.map((one) => one.id),
      ),
    ],
  };
}

/** A paid invoice without the day counts as paid in time. */
const paidAt = ({ status, paidAt: at, dueAt }: InvoiceState): number | undefined =>
  status === 'paid' ? (at ?? dueAt) : undefined;

function tenure(view: View): Feature {
  const start = customerSince(view);
  if (start === null) return missing('No contract has begun yet.');
  const value = Math.max(0, view.today - start);
  return {
    value,
    reason: `A customer for ${count(value, 'day')}, since ${isoFromDay(start)}.`,
    evidence: [line('Days as a customer', value, 'days')],
  };
}

/** The first day of the first contract; null before it. */
export function customerSince(view: View): EpochDay | null {
  const starts = derivedAt(view.history.contracts, view.asOf, 'starts', (standing) =>
    standing.flatMap(({ state }) => (state.status === 'draft' ? [] : [state.start])).sort((a, b) => a - b),
  );
  const [first] = starts;
  return first !== undefined && first <= view.today ? first : null;
}

/** ARR per seat now beside a year ago, as known now. */
function priceChange(view: View): Feature {
  const { history, asOf, terms } = view;
  const then = contractTerms(history, { at: asOf.at - 365 * DAY_MS, knownAt: asOf.knownAt });
  const now = pricePerSeat(terms);
  const before = pricePerSeat(then);
  if (!now || !before || now.currency !== before.currency)
    return missing('There is no price per seat now and a year ago.');
  const value = now.price / before.price - 1;
  const verb = value < 0 ? 'fell' : 'rose';
  return {
    value,
    reason:
      Math.round(value * 100) === 0
        ? 'The price per seat is what it was a year ago.'
        : `The price per seat ${verb} by ${percent(Math.abs(value))} within a year.`,
    evidence: [line('Price per seat against a year ago', value, 'share', null, terms.inForce)],
  };
}

function pricePerSeat({ arrByCurrency, seats }: ContractTerms): { currency: string; price: number } | null {
  const [only, ...others] = Object.entries(arrByCurrency);
  if (!only || others.length > 0 || !seats || only[1] <= 0) return null;
  return { currency: only[0], price: only[1] / seats };
}

function age(view: View): Feature {
  const value = Math.max(0, view.today - zonedDay(view.history.firstSeen, view.history.timeZone));
  return { value, reason: `Known for ${count(value, 'day')}.`, evidence: [line('Account age', value, 'days')] };
}

function decision(view: View): Feature {
  const { decisionDate, daysToDecision, nextContractId } = view.terms;
  if (decisionDate === null || daysToDecision === null) return missing('No contract has a decision date.');
  const distance =
    daysToDecision < 0 ? `was ${count(-daysToDecision, 'day')} ago` : `is in ${count(daysToDecision, 'day')}`;
  return {
    value: daysToDecision,
    reason: `The decision date, ${isoFromDay(decisionDate)}, ${distance}.`,
    evidence: [
      line('Days to the decision', daysToDecision, 'days', null, nextContractId === null ? [] : [nextContractId]),
    ],
  };
}

function notice(view: View): Feature {
  const given = view.terms.notice;
  return {
    value: given ? 1 : 0,
    reason: given
      ? `Notice was given on ${isoFromDay(given.day)} for the end on ${isoFromDay(given.end)}.`
      : 'No notice has been given.',
    evidence: given ? [line('Notice given', 1, 'points', null, [given.contractId])] : [],
  };
}

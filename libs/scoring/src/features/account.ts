import { statesAt } from '../history/as-of';
import { isoFromDay } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import type { Feature, FeatureName } from './feature';
import { absent, count, line, missing, type View } from './standpoint';

type AccountFeature = Extract<
  FeatureName,
  'invoices-overdue' | 'account-age-days' | 'days-to-decision' | 'notice-given'
>;

export function accountFeatures(view: View): Record<AccountFeature, Feature> {
  return {
    'invoices-overdue': absent(view, 'invoices') ?? overdueInvoices(view),
    'account-age-days': age(view),
    'days-to-decision': absent(view, 'contracts') ?? decision(view),
    'notice-given': absent(view, 'contracts') ?? notice(view),
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

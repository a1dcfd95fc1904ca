import { count, viewOf, type View } from '../features/standpoint';
import { derivedAt, type Standing } from '../history/as-of';
import type { InvoiceState } from '../history/entities';
import { DAY_MS, isoFromDay, type Instant } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** An open invoice is overdue so many days after it was due; one that billing calls overdue or failed is at once. */
  graceDays: 7,
  /** From so many days on it is worse. */
  seriousDays: 45,
};
type Parameters = typeof defaults;

export const paymentOverdue: SignalDefinition<Parameters> = {
  name: 'payment-overdue',
  version: 1,
  title: 'An invoice is overdue',
  condition: 'An invoice is overdue or its payment failed, or is still open 7 days after it was due.',
  clears: 'Everything that was due is paid or void.',
  baseSeverity: 'medium',
  inputs: ['invoices'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 0,
  recommendedAction: 'Ask billing whether it is only late; if not, ask the buyer whether something is wrong.',
  defaults,
  parameters: {
    graceDays: { label: 'An open invoice is overdue after', unit: 'days', min: 0, max: 90, integer: true },
    seriousDays: { label: 'Worse after', unit: 'days', min: 1, max: 365, integer: true },
  },
  assess,
};

/** Opens exactly when the grace of an open invoice ends. */
function assess({ history, asOf, parameters }: Standpoint<Parameters>): Verdict {
  const view = viewOf(history, asOf);
  const unpaid = unpaidInvoices(view);
  const late = unpaid.filter(({ state }) => asOf.at >= lateAt(state, parameters));
  const [first] = late;
  const days = (dueAt: Instant) => Math.max(0, Math.floor((asOf.at - dueAt) / DAY_MS));
  const dues = unpaid.flatMap(({ state }) => [
    lateAt(state, parameters),
    state.dueAt + parameters.seriousDays * DAY_MS,
  ]);
  const ahead = dues.filter((at) => at > asOf.at);
  const since = first ? isoFromDay(zonedDay(first.state.dueAt, history.timeZone)) : '';
  return {
    holds: first !== undefined,
    since: first ? Math.max(first.state.dueAt, Math.min(asOf.at, lateAt(first.state, parameters))) : null,
    summary: first
      ? `${count(late.length, 'invoice')} overdue, ${late.length === 1 ? '' : 'the oldest '}by ${count(days(first.state.dueAt), 'day')}`
      : 'Payments are in time',
    reason: first
      ? `${count(late.length, 'invoice')} overdue; the oldest was due on ${since}.`
      : 'No invoice is overdue.',
    evidence: late.map(({ id, state }) =>
      evidence(`Invoice ${id}`, 'invoice-days-overdue', 'days', {
        value: days(state.dueAt),
        threshold: state.status === 'open' ? parameters.graceDays : 0,
        ids: [id],
      }),
    ),
    due: ahead.length > 0 ? Math.min(...ahead) : null,
    severityStep: first && days(first.state.dueAt) >= parameters.seriousDays ? 1 : 0,
  };
}

/** What is to be paid, the oldest first. */
function unpaidInvoices(view: View): readonly Standing<InvoiceState>[] {
  return derivedAt(view.history.invoices, view.asOf, 'unpaid', (standing) =>
    standing
      .filter(({ state }) => state.status === 'open' || state.status === 'overdue' || state.status === 'failed')
      .sort((a, b) => a.state.dueAt - b.state.dueAt || (a.id < b.id ? -1 : 1)),
  );
}

const lateAt = ({ status, dueAt }: InvoiceState, { graceDays }: Parameters): Instant =>
  status === 'open' ? dueAt + graceDays * DAY_MS : -Infinity;

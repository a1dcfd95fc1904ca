import { twoWayContacts } from '../features/contact';
import { count, viewOf, windowOf, type View } from '../features/standpoint';
import { derivedAt, type Standing } from '../history/as-of';
import type { TouchpointState } from '../history/entities';
import { DAY_MS, isoFromDay, type Instant } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import { evidence } from './evidence';
import type { Evidence, SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  days: 60,
  /** Check-ins or reviews in a row. */
  missedInRow: 2,
  /** A cancelled one that is held anew within so many days was only moved. */
  rebookDays: 14,
};
type Parameters = typeof defaults;

export const engagementDrop: SignalDefinition<Parameters> = {
  name: 'engagement-drop',
  version: 1,
  title: 'Contact has broken off',
  condition:
    'No two-way contact for 30 days (enterprise) or 60 days (mid-market), or two check-ins or reviews in a row missed. A cancelled one that was rebooked within 14 days does not count. Off for SMB.',
  clears: 'There was a two-way contact.',
  baseSeverity: 'medium',
  inputs: ['touchpoints'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 0,
  recommendedAction: 'Write to a second contact with one concrete question, and offer two dates for a short call.',
  defaults,
  parameters: {
    days: { label: 'Days without two-way contact', unit: 'days', min: 7, max: 365, integer: true },
    missedInRow: { label: 'Missed in a row', unit: 'times', min: 1, max: 10, integer: true },
    rebookDays: { label: 'Rebooked within', unit: 'days', min: 0, max: 60, integer: true },
  },
  variants: {
    enterprise: { parameters: { days: 30 } },
    'mid-market': { parameters: { days: 60 } },
    smb: { off: true },
  },
  assess,
};

/** Opens exactly when the last contact is `days` old. */
function assess({ history, asOf, parameters }: Standpoint<Parameters>): Verdict {
  const view = viewOf(history, asOf);
  const last = twoWayContacts(view)[0];
  const start = last?.at ?? Math.max(history.firstSeen, history.inputs.touchpoints?.since ?? -Infinity);
  const limit = start + parameters.days * DAY_MS;
  const silent = asOf.at >= limit;
  const missed = missedInRow(view, last?.at ?? -Infinity, parameters);
  const row = missed.length >= parameters.missedInRow;
  const holds = silent || row;
  const days = Math.floor((asOf.at - start) / DAY_MS);
  const since = isoFromDay(zonedDay(start, history.timeZone));
  const sentences = [
    last
      ? `The last two-way contact was ${count(days, 'day')} ago, on ${since}.`
      : `No two-way contact in ${count(days, 'day')}.`,
    ...(missed.length > 0
      ? [`${count(missed.length, 'check-in or review', 'check-ins or reviews')} in a row missed.`]
      : []),
  ];
  return {
    holds,
    since: holds ? (silent ? limit : (missed[0]?.state.startAt ?? asOf.at)) : null,
    summary: silent
      ? `No two-way contact for ${count(days, 'day')}`
      : row
        ? `${missed.length} meetings in a row missed`
        : 'In contact',
    reason: sentences.join(' '),
    evidence: evidenceOf(view, start, days, last?.id, missed, parameters),
    due: dueOf(view, limit, missed, parameters),
    ...(silent && row && { severityStep: 1 as const }),
  };
}

function evidenceOf(
  view: View,
  start: Instant,
  days: number,
  lastId: string | undefined,
  missed: readonly Standing<TouchpointState>[],
  parameters: Parameters,
): Evidence[] {
  const from = zonedDay(start, view.history.timeZone);
  return [
    evidence('Days since the last two-way contact', 'days-since-contact', 'days', {
      value: days,
      threshold: parameters.days,
      window: windowOf(Math.min(from, view.today), view.today, `since ${isoFromDay(from)}`),
      ids: lastId === undefined ? [] : [lastId],
    }),
    ...(missed.length === 0
      ? []
      : [
          evidence('Missed in a row', 'meetings-missed', 'meetings', {
            value: missed.length,
            threshold: parameters.missedInRow,
            ids: missed.map(({ id }) => id),
          }),
        ]),
  ];
}

/** Check-ins and reviews, the newest first. */
function meetings(view: View): readonly Standing<TouchpointState>[] {
  return derivedAt(view.history.touchpoints, view.asOf, 'check-ins', (standing) =>
    standing
      .filter(({ state }) => (state.purpose === 'check-in' || state.purpose === 'review') && state.kind !== 'email')
      .sort((a, b) => b.state.startAt - a.state.startAt || (a.id < b.id ? -1 : 1)),
  );
}

/** Those missed since the last that was held, and since the last contact of any kind, the newest first. */
function missedInRow(view: View, lastContact: Instant, parameters: Parameters): Standing<TouchpointState>[] {
  const row: Standing<TouchpointState>[] = [];
  for (const one of meetings(view)) {
    const { outcome, startAt } = one.state;
    if (startAt > view.asOf.at || outcome === 'scheduled' || outcome === 'rescheduled') continue;
    if (startAt <= lastContact || outcome === 'held') break;
    if (outcome === 'missed' || outcome === 'no-reply' || isDropped(view, one, parameters)) row.push(one);
  }
  return row;
}

/** Cancelled, and nothing of the kind planned or held within the days to rebook it. */
function isDropped(view: View, { id, state }: Standing<TouchpointState>, { rebookDays }: Parameters): boolean {
  if (state.outcome !== 'cancelled') return false;
  const end = state.startAt + rebookDays * DAY_MS;
  if (view.asOf.at < end) return false;
  return !meetings(view).some(
    (other) =>
      other.id !== id &&
      other.state.outcome !== 'cancelled' &&
      other.state.startAt > state.startAt &&
      other.state.startAt <= end,
  );
}

function dueOf(
  view: View,
  limit: Instant,
  missed: readonly Standing<TouchpointState>[],
  parameters: Parameters,
): Instant | null {
  const ends = meetings(view)
    .filter(({ state }) => state.outcome === 'cancelled')
    .map(({ state }) => state.startAt + parameters.rebookDays * DAY_MS);
  const ahead = [limit, ...ends].filter((at) => at > view.asOf.at);
  return ahead.length > 0 && missed.length < parameters.missedInRow ? Math.min(...ahead) : null;
}

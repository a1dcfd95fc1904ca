import { count, viewOf, type View } from '../features/standpoint';
import { derivedAt, type Standing } from '../history/as-of';
import type { TouchpointState } from '../history/entities';
import { DAY_MS, isoFromDay } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** A missed talk is news for so long. */
  windowDays: 60,
};
type Parameters = typeof defaults;

export const renewalTalkMissed: SignalDefinition<Parameters> = {
  name: 'renewal-talk-missed',
  version: 1,
  title: 'A renewal meeting was missed',
  condition: 'The customer missed a renewal meeting and none has been held or planned since.',
  clears: 'A renewal meeting is planned or was held, or 60 days have passed.',
  baseSeverity: 'high',
  inputs: ['touchpoints'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 0,
  recommendedAction: 'Call today, ask openly whether they doubt the renewal, and offer two dates this week.',
  defaults,
  parameters: { windowDays: { label: 'News for', unit: 'days', min: 7, max: 180, integer: true } },
  assess,
};

function assess({ history, asOf, parameters }: Standpoint<Parameters>): Verdict {
  const view = viewOf(history, asOf);
  const missed = missedSince(view, asOf.at - parameters.windowDays * DAY_MS);
  const [first] = missed;
  const last = missed.at(-1);
  if (!first || !last)
    return {
      holds: false,
      since: null,
      summary: 'No renewal meeting missed',
      reason: 'No renewal meeting was missed.',
      evidence: [],
      due: null,
    };
  const day = isoFromDay(zonedDay(first.state.startAt, history.timeZone));
  return {
    holds: true,
    since: last.state.startAt,
    summary:
      missed.length === 1
        ? `The renewal meeting on ${day} was missed`
        : `${missed.length} renewal meetings in a row were missed`,
    reason: `${count(missed.length, 'renewal meeting')} missed, the latest on ${day}; none was held or planned since.`,
    evidence: [
      evidence('Renewal meetings missed', 'renewal-meetings-missed', 'meetings', {
        value: missed.length,
        threshold: 1,
        ids: missed.map(({ id }) => id),
      }),
    ],
    due: first.state.startAt + parameters.windowDays * DAY_MS,
    severityStep: missed.length > 1 ? 1 : 0,
  };
}

/** Missed renewal meetings within the window, the newest first, as far as one that was held or is planned. */
function missedSince(view: View, from: number): Standing<TouchpointState>[] {
  const talks = derivedAt(view.history.touchpoints, view.asOf, 'renewal-talks', (standing) =>
    standing
      .filter(({ state }) => state.purpose === 'renewal')
      .sort((a, b) => b.state.startAt - a.state.startAt || (a.id < b.id ? -1 : 1)),
  );
  const row: Standing<TouchpointState>[] = [];
  for (const one of talks) {
    const { outcome, startAt } = one.state;
    if (outcome === 'held' || outcome === 'received') break;
    if (outcome === 'scheduled' || outcome === 'rescheduled') {
      if (startAt > view.asOf.at) break;
      continue;
    }
    if (outcome === 'missed' && startAt <= view.asOf.at && startAt > from) row.push(one);
  }
  return row;
}

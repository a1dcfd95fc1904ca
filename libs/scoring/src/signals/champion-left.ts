import { CHAMPION, leftWithin, present, type LeftPerson } from '../features/champions';
import { isLive, viewOf, windowOf, type View } from '../features/standpoint';
import { lastSignIn, type Person } from '../features/contact';
import { stateAt, statesAt } from '../history/as-of';
import { isSamePerson } from '../history/people';
import { DAY_MS, isoFromDay, type Instant } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** A leave older than this no longer alerts. */
  lookbackDays: 180,
  /** Suspected after so many days without the champion while peers are active. */
  silentDays: 30,
  minActivePeers: 3,
  /** Mail that bounced within so many days. */
  bounceDays: 30,
};
type Parameters = typeof defaults;

export const championLeft: SignalDefinition<Parameters> = {
  name: 'champion-left',
  version: 1,
  title: 'The champion left',
  condition:
    'A stakeholder with the role champion left within 180 days and nobody has been named since. Suspected, one level lower, when their e-mail bounced, their user was deactivated, or they have been silent for 30 days while 3 others are active.',
  clears: 'A successor is named, or somebody says that the champion is still there.',
  baseSeverity: 'high',
  inputs: ['stakeholders'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 0,
  recommendedAction:
    'Find the successor, ask the executive sponsor for an introduction, and find out where the champion went.',
  defaults,
  parameters: {
    lookbackDays: { label: 'Left within', unit: 'days', min: 14, max: 730, integer: true },
    silentDays: { label: 'Suspected after silence of', unit: 'days', min: 7, max: 180, integer: true },
    minActivePeers: { label: 'While others active, at least', unit: 'people', min: 1, max: 1_000, integer: true },
    bounceDays: { label: 'A bounce counts for', unit: 'days', min: 1, max: 180, integer: true },
  },
  assess,
};

interface Suspicion {
  readonly champion: Person;
  readonly why: string;
  readonly since: Instant;
}

function assess(standpoint: Standpoint<Parameters>): Verdict {
  const view = viewOf(standpoint.history, standpoint.asOf);
  const gone = leftWithin(view, CHAMPION, standpoint.parameters.lookbackDays)[0];
  if (gone) return confirmed(view, gone, standpoint.parameters);
  const champions = present(view, CHAMPION);
  for (const champion of champions) {
    const suspicion = suspect(view, champion, standpoint.parameters);
    if (suspicion) return suspected(view, suspicion);
  }
  return {
    holds: false,
    since: null,
    summary: 'No champion left',
    reason:
      champions.length === 0
        ? 'No champion is known.'
        : `${champions.map((one) => one.state.name).join(', ')} still there.`,
    evidence: [],
    due: nextSilence(view, champions, standpoint.parameters),
  };
}

function confirmed(view: View, { id, state, leftAt }: LeftPerson, parameters: Parameters): Verdict {
  const day = isoFromDay(zonedDay(leftAt, view.history.timeZone));
  return {
    holds: true,
    since: leftAt,
    summary: `${state.name}, the champion, left`,
    reason: `${state.name}, champion, left on ${day}; nobody has been named champion since.`,
    evidence: [evidence('Champion who left', 'champions-left', 'people', { value: 1, threshold: 1, ids: [id] })],
    due: leftAt + parameters.lookbackDays * DAY_MS,
  };
}

function suspected(view: View, { champion, why, since }: Suspicion): Verdict {
  const from = zonedDay(since, view.history.timeZone);
  return {
    holds: true,
    since,
    summary: `${champion.state.name}, the champion, may have left`,
    reason: `${champion.state.name}, champion, may have left: ${why}.`,
    evidence: [
      evidence('Champion suspected to have left', 'champions-suspected', 'people', {
        value: 1,
        threshold: 1,
        ids: [champion.id],
        window: windowOf(Math.min(from, view.today), view.today, `since ${isoFromDay(from)}`),
      }),
    ],
    due: null,
    severityStep: -1,
  };
}

/** What a person looked at and dismissed is not suspected again, until something new begins. */
function suspect(view: View, champion: Person, parameters: Parameters): Suspicion | null {
  const seen = champion.state.confirmedHereAt ?? -Infinity;
  const found = [
    deactivated(view, champion),
    bounced(view, champion, parameters),
    silentAmongPeers(view, champion, parameters),
  ];
  return found.find((one) => one !== null && one.since > seen) ?? null;
}

function deactivated(view: View, champion: Person): Suspicion | null {
  const user = isLive(view, 'users') && view.history.users.find((one) => one.id === champion.state.userId);
  if (!user || stateAt(user.states, view.asOf)?.active !== false) return null;
  const since = Math.max(
    ...user.states.filter((one) => !one.state.active && one.at <= view.asOf.at).map((one) => one.at),
  );
  return { champion, since, why: 'the user was deactivated' };
}

function bounced(view: View, champion: Person, { bounceDays }: Parameters): Suspicion | null {
  if (!isLive(view, 'touchpoints')) return null;
  const from = view.asOf.at - bounceDays * DAY_MS;
  const bounce = statesAt(view.history.touchpoints, view.asOf).find(
    ({ state }) =>
      state.outcome === 'bounced' &&
      state.startAt > from &&
      (state.attendees ?? []).some((one) => isSamePerson(one, champion.id, champion.state)),
  );
  return bounce ? { champion, since: bounce.state.startAt, why: 'an e-mail to them bounced' } : null;
}

function silentAmongPeers(view: View, champion: Person, parameters: Parameters): Suspicion | null {
  const { silentDays, minActivePeers } = parameters;
  const last = isLive(view, 'usage') ? lastSignIn(view, champion.state, 2 * silentDays) : null;
  // Someone who has been away for much longer never was a daily user: their silence says nothing.
  if (last === null || view.asOf.at - last < silentDays * DAY_MS) return null;
  const peers = view.history.usage.countActive(view.today - silentDays + 1, view.today, view.known, view.except);
  if (peers < minActivePeers) return null;
  return { champion, since: last, why: `no activity for ${silentDays} days while ${peers} others are active` };
}

function nextSilence(view: View, champions: readonly Person[], { silentDays }: Parameters): Instant | null {
  if (!isLive(view, 'usage')) return null;
  const due = champions
    .map((one) => lastSignIn(view, one.state, silentDays))
    .flatMap((last) => (last === null ? [] : [last + silentDays * DAY_MS]))
    .filter((at) => at > view.asOf.at);
  return due.length > 0 ? Math.min(...due) : null;
}

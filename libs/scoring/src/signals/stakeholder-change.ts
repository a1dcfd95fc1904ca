import { EXECUTIVES, hasRole, roleSince } from '../features/champions';
import { lastContactWith, twoWayContacts } from '../features/contact';
import { isLive, viewOf, type View } from '../features/standpoint';
import { statesAt } from '../history/as-of';
import type { StakeholderState } from '../history/entities';
import { DAY_MS, isoFromDay, type Instant } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** A change older than this is no news any more. */
  windowDays: 60,
  /** People who decide must have been known for so long before; else they are only being written down. */
  knownDays: 30,
};
type Parameters = typeof defaults;

export const stakeholderChange: SignalDefinition<Parameters> = {
  name: 'stakeholder-change',
  version: 1,
  title: 'Somebody new decides',
  condition:
    'A new economic buyer, decision maker or executive sponsor, where those who decide had been known for 30 days.',
  clears: 'There was a two-way contact with the new person, or 60 days have passed.',
  baseSeverity: 'medium',
  inputs: ['stakeholders'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 0,
  recommendedAction: 'Introduce yourself within two weeks: show what was achieved, and ask what they want to reach.',
  defaults,
  parameters: {
    windowDays: { label: 'News for', unit: 'days', min: 7, max: 180, integer: true },
    knownDays: { label: 'Others known for, at least', unit: 'days', min: 0, max: 365, integer: true },
  },
  assess,
};

interface Newcomer {
  readonly id: string;
  readonly state: StakeholderState;
  readonly since: Instant;
  readonly roles: readonly string[];
}

function assess({ history, asOf, parameters }: Standpoint<Parameters>): Verdict {
  const view = viewOf(history, asOf);
  const fresh = newcomers(view, parameters);
  const [first] = fresh;
  if (!first)
    return {
      holds: false,
      since: null,
      summary: 'The same people decide',
      reason: 'Nobody new decides whom we have not met.',
      evidence: [],
      due: null,
    };
  const day = (at: Instant) => isoFromDay(zonedDay(at, history.timeZone));
  const role = first.roles.map((one) => one.replaceAll('-', ' ')).join(' and ');
  return {
    holds: true,
    since: first.since,
    summary: `${first.state.name} is the new ${role}`,
    reason: fresh
      .map(
        (one) =>
          `${one.state.name} has been ${one.roles.join(' and ').replaceAll('-', ' ')} since ${day(one.since)}; nobody has met them yet.`,
      )
      .join(' '),
    evidence: fresh.map((one) =>
      evidence(`${one.state.name}, new`, 'days-since-role', 'days', {
        value: Math.floor((asOf.at - one.since) / DAY_MS),
        threshold: parameters.windowDays,
        ids: [one.id],
      }),
    ),
    due: Math.min(...fresh.map((one) => one.since)) + parameters.windowDays * DAY_MS,
  };
}

/** Who came to decide within the window, whom nobody has met since, the latest first. */
function newcomers(view: View, { windowDays, knownDays }: Parameters): Newcomer[] {
  const from = view.asOf.at - windowDays * DAY_MS;
  const contacts = isLive(view, 'touchpoints') ? twoWayContacts(view) : [];
  return statesAt(view.history.stakeholders, view.asOf)
    .filter(({ state }) => !state.left && hasRole(state, EXECUTIVES))
    .map(({ id, state }) => ({ id, state, since: roleSince(view, id, EXECUTIVES), roles: state.roles.filter(decides) }))
    .filter(({ since }) => since > from)
    .filter(({ id, since }) => decidersKnownBefore(view, id, since - knownDays * DAY_MS))
    .filter(({ id, state, since }) => lastContactWith(contacts, id, state, since) === null)
    .sort((a, b) => b.since - a.since || (a.id < b.id ? -1 : 1));
}

const decides = (role: string): boolean => EXECUTIVES.includes(role);

/** Whether anybody else was known to decide at that instant, by what was known then or learned since. */
function decidersKnownBefore(view: View, id: string, at: Instant): boolean {
  const when = { at, knownAt: view.asOf.knownAt };
  return statesAt(view.history.stakeholders, when).some((one) => one.id !== id && hasRole(one.state, EXECUTIVES));
}

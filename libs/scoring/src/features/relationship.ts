import { derivedAt, statesAt } from '../history/as-of';
import { DAY_MS, type Instant } from '../time/day';
import { CHAMPION, EXECUTIVES, leftWithin, present } from './champions';
import { lastSignOf, twoWayContacts, type Contact, type Person } from './contact';
import type { Feature, FeatureName } from './feature';
import { absent, count, isLive, lastDays, line, missing, type View } from './standpoint';

type RelationshipFeature = Extract<
  FeatureName,
  | 'live-contacts'
  | 'champions'
  | 'champions-left'
  | 'champion-silent-days'
  | 'executives'
  | 'executives-left'
  | 'executive-silent-days'
  | 'days-since-contact'
  | 'meetings-missed'
>;

const LIVE_DAYS = 90;
const LEFT_DAYS = 180;
/** Longer silences are all the same. */
const SILENT_DAYS = 180;

/** A role in the words of a sentence. */
interface Role {
  readonly roles: readonly string[];
  readonly one: string;
  readonly title: string;
}

const champion: Role = { roles: CHAMPION, one: 'champion', title: 'Champions' };
const executive: Role = { roles: EXECUTIVES, one: 'executive', title: 'Executives' };

export function relationshipFeatures(view: View): Record<RelationshipFeature, Feature> {
  const contacts = isLive(view, 'touchpoints') ? twoWayContacts(view) : [];
  const unknown = absent(view, 'stakeholders');
  const silent = absent(view, 'touchpoints');
  const people = {
    champions: unknown ? [] : present(view, CHAMPION),
    leaders: unknown ? [] : present(view, EXECUTIVES),
  };
  return {
    'live-contacts': unknown ?? liveContacts(view, contacts),
    champions: unknown ?? presence(people.champions, champion),
    'champions-left': unknown ?? left(view, champion),
    'champion-silent-days': unknown ?? silence(view, contacts, people.champions, champion),
    executives: unknown ?? presence(people.leaders, executive),
    'executives-left': unknown ?? left(view, executive),
    'executive-silent-days': unknown ?? silence(view, contacts, people.leaders, executive),
    'days-since-contact': silent ?? sinceContact(view, contacts),
    'meetings-missed': silent ?? missedMeetings(view),
  };
}

/** Stakeholders with a two-way contact or a sign-in within `days` days, and all who are there. */
export function liveStakeholders(
  view: View,
  contacts: readonly Contact[],
  days: number,
): { here: number; live: Person[] } {
  const here = statesAt(view.history.stakeholders, view.asOf).filter(({ state }) => !state.left);
  return { here: here.length, live: here.filter((one) => lastSignOf(view, contacts, one, days) !== null) };
}

function liveContacts(view: View, contacts: readonly Contact[]): Feature {
  const { here, live } = liveStakeholders(view, contacts, LIVE_DAYS);
  const verb = live.length === 1 ? 'was' : 'were';
  const reason = `${live.length} of ${count(here, 'stakeholder')} ${verb} in touch or signed in within 90 days.`;
  const ids = live.map((one) => one.id);
  return {
    value: live.length,
    reason,
    evidence: [line('Live contacts', live.length, 'people', lastDays(view, LIVE_DAYS), ids)],
  };
}

function presence(here: readonly Person[], { one, title }: Role): Feature {
  const names = here.map(({ state }) => state.name).join(', ');
  const reason = here.length === 0 ? `No ${one} is known.` : `${count(here.length, one)}: ${names}.`;
  const ids = here.map(({ id }) => id);
  return { value: here.length, reason, evidence: [line(title, here.length, 'people', null, ids)] };
}

function left(view: View, { roles, one, title }: Role): Feature {
  const gone = leftWithin(view, roles, LEFT_DAYS);
  const names = gone.map(({ state }) => state.name).join(', ');
  return {
    value: gone.length,
    reason:
      gone.length === 0
        ? `No ${one} left without a successor.`
        : `${count(gone.length, one)} left in the last 180 days without a successor: ${names}.`,
    evidence: [
      line(
        `${title} who left`,
        gone.length,
        'people',
        lastDays(view, LEFT_DAYS),
        gone.map(({ id }) => id),
      ),
    ],
  };
}

/** Days since the one of them who was heard of last: a contact, or use of the product. */
function silence(view: View, contacts: readonly Contact[], here: readonly Person[], { one }: Role): Feature {
  if (here.length === 0) return missing(`No ${one} is known.`);
  if (!isLive(view, 'usage') && !isLive(view, 'touchpoints'))
    return missing('Neither usage nor contacts are connected.');
  let last: { at: Instant; who: Person } | null = null;
  for (const who of here) {
    const at = lastSignOf(view, contacts, who, SILENT_DAYS);
    if (at !== null && at > (last?.at ?? -Infinity)) last = { at, who };
  }
  const value = last === null ? SILENT_DAYS : Math.max(0, Math.floor((view.asOf.at - last.at) / DAY_MS));
  return {
    value,
    reason:
      last === null
        ? `No ${one} was heard of in 180 days.`
        : `${last.who.state.name}, ${one}, was last heard of ${value === 0 ? 'today' : `${count(value, 'day')} ago`}.`,
    evidence: [line(`Days since a sign of the ${one}`, value, 'days', null, last === null ? [] : [last.who.id])],
  };
}

/** Where there never was a contact, the days since we could have seen one. */
function sinceContact(view: View, contacts: readonly Contact[]): Feature {
  const last = contacts[0];
  const start = last?.at ?? Math.max(view.history.firstSeen, view.history.inputs.touchpoints?.since ?? -Infinity);
  const value = Math.max(0, Math.floor((view.asOf.at - start) / DAY_MS));
  return {
    value,
    reason: last
      ? `The last two-way contact was ${value === 0 ? 'today' : `${count(value, 'day')} ago`}.`
      : `No two-way contact in ${count(value, 'day')}.`,
    evidence: [line('Days since the last two-way contact', value, 'days', null, last ? [last.id] : [])],
  };
}

function missedMeetings(view: View): Feature {
  const from = view.asOf.at - LIVE_DAYS * DAY_MS;
  const missed = derivedAt(view.history.touchpoints, view.asOf, 'missed', (standing) =>
    standing.filter(({ state }) => state.outcome === 'missed'),
  ).filter(({ state }) => state.startAt > from && state.startAt <= view.asOf.at);
  const verb = missed.length === 1 ? 'was' : 'were';
  return {
    value: missed.length,
    reason: `${count(missed.length, 'meeting')} ${verb} missed in the last 90 days.`,
    evidence: [
      line(
        'Missed meetings',
        missed.length,
        'meetings',
        lastDays(view, LIVE_DAYS),
        missed.map(({ id }) => id),
      ),
    ],
  };
}

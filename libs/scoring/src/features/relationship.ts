import { statesAt } from '../history/as-of';
import { DAY_MS } from '../time/day';
import { leftChampions, presentChampions } from './champions';
import { lastContactWith, lastSignIn, twoWayContacts, type Contact } from './contact';
import type { Feature, FeatureName } from './feature';
import { absent, count, isLive, lastDays, line, type View } from './standpoint';

type RelationshipFeature = Extract<
  FeatureName,
  'live-contacts' | 'champions' | 'champions-left' | 'days-since-contact'
>;

const LIVE_DAYS = 90;
const LEFT_DAYS = 180;

export function relationshipFeatures(view: View): Record<RelationshipFeature, Feature> {
  const contacts = isLive(view, 'touchpoints') ? twoWayContacts(view) : [];
  return {
    'live-contacts': absent(view, 'stakeholders') ?? liveContacts(view, contacts),
    champions: absent(view, 'stakeholders') ?? champions(view),
    'champions-left': absent(view, 'stakeholders') ?? championsLeft(view),
    'days-since-contact': absent(view, 'touchpoints') ?? sinceContact(view, contacts),
  };
}

/** Stakeholders with a two-way contact or a sign-in within 90 days. */
function liveContacts(view: View, contacts: readonly Contact[]): Feature {
  const here = statesAt(view.history.stakeholders, view.asOf).filter(({ state }) => !state.left);
  const from = view.asOf.at - LIVE_DAYS * DAY_MS;
  const live = here.filter(
    ({ id, state }) =>
      (lastContactWith(contacts, id, state) ?? 0) >= from || lastSignIn(view, state, LIVE_DAYS) !== null,
  );
  const verb = live.length === 1 ? 'was' : 'were';
  return {
    value: live.length,
    reason: `${live.length} of ${count(here.length, 'stakeholder')} ${verb} in touch or signed in within 90 days.`,
    evidence: [
      line(
        'Live contacts',
        live.length,
        'people',
        lastDays(view, LIVE_DAYS),
        live.map((one) => one.id),
      ),
    ],
  };
}

function champions(view: View): Feature {
  const here = presentChampions(view);
  const names = here.map((one) => one.state.name).join(', ');
  return {
    value: here.length,
    reason: here.length === 0 ? 'No champion is known.' : `${count(here.length, 'champion')}: ${names}.`,
    evidence: [
      line(
        'Champions',
        here.length,
        'people',
        null,
        here.map((one) => one.id),
      ),
    ],
  };
}

function championsLeft(view: View): Feature {
  const gone = leftChampions(view, LEFT_DAYS);
  const names = gone.map((one) => one.state.name).join(', ');
  return {
    value: gone.length,
    reason:
      gone.length === 0
        ? 'No champion left without a successor.'
        : `${count(gone.length, 'champion')} left in the last 180 days without a successor: ${names}.`,
    evidence: [
      line(
        'Champions who left',
        gone.length,
        'people',
        lastDays(view, LEFT_DAYS),
        gone.map((one) => one.id),
      ),
    ],
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

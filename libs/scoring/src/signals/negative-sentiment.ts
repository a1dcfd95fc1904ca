import { CHAMPION, EXECUTIVES } from '../features/champions';
import { moodChange, surveyVoices, ticketVoices, type MoodChange, type Voice } from '../features/sentiment';
import { count, headline, round, viewOf, windowOf, type View } from '../features/standpoint';
import { statesAt } from '../history/as-of';
import { DAY_MS, type Instant } from '../time/day';
import { evidence } from './evidence';
import type { Evidence, SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  csatAtMost: 2,
  npsAtMost: 6,
  windowDays: 30,
  /** While it holds, answers count this long. */
  clearWindowDays: 45,
  minPeople: 2,
  sentimentDrop: 0.3,
  clearSentimentDrop: 0.15,
  baseDays: 90,
  minReadings: 3,
};
type Parameters = typeof defaults;

/** Whose single bad answer is a risk; anyone else's is a follow-up. */
const DECIDERS: readonly string[] = [...CHAMPION, ...EXECUTIVES];

export const negativeSentiment: SignalDefinition<Parameters> = {
  name: 'negative-sentiment',
  version: 1,
  title: 'Sentiment turned negative',
  condition:
    'In 30 days a champion, buyer or sponsor with CSAT of 2 or less or NPS of 6 or less, or two people, or mean sentiment 0.3 below that of the 90 days before.',
  clears: 'No such rating in 45 days, and the mean within 0.15, for a day.',
  baseSeverity: 'medium',
  inputs: ['surveys', 'tickets', 'touchpoints'],
  needs: 'any',
  waitsOnIncident: false,
  clearAfterHours: 24,
  recommendedAction: 'Call the person who said so within two days, listen, and write down what they expect.',
  defaults,
  parameters: {
    csatAtMost: { label: 'CSAT, at most', unit: 'points', min: 1, max: 5 },
    npsAtMost: { label: 'NPS, at most', unit: 'points', min: 0, max: 10 },
    windowDays: { label: 'Within', unit: 'days', min: 7, max: 180, integer: true },
    clearWindowDays: { label: 'Clears after', unit: 'days', min: 7, max: 365, integer: true },
    minPeople: { label: 'People, at least', unit: 'people', min: 1, max: 100, integer: true },
    sentimentDrop: { label: 'Mean sentiment lower by', unit: 'points', min: 0.05, max: 2 },
    clearSentimentDrop: { label: 'Clears when lower by less than', unit: 'points', min: 0, max: 2 },
    baseDays: { label: 'Against the mean of', unit: 'days', min: 30, max: 365, integer: true },
    minReadings: { label: 'Readings, at least', unit: 'times', min: 1, max: 100, integer: true },
  },
  assess,
};

function assess(standpoint: Standpoint<Parameters>): Verdict {
  const { history, asOf, held, parameters } = standpoint;
  const view = viewOf(history, asOf);
  const days = held ? parameters.clearWindowDays : parameters.windowDays;
  const bad = badVoices(view, days, parameters);
  const people = new Set(bad.map((voice) => voice.person));
  const decider = bad.find((voice) => isDecider(view, voice.person));
  const mood = moodChange(view, parameters.windowDays, parameters.baseDays, parameters.minReadings);
  const drop = held ? parameters.clearSentimentDrop : parameters.sentimentDrop;
  const holds =
    decider !== undefined || people.size >= parameters.minPeople || (mood !== null && mood.now <= mood.before - drop);
  const reason = reasonOf(bad, people.size, decider !== undefined, mood, days);
  return {
    holds,
    since: holds ? (standpoint.since ?? latest(bad, asOf.at)) : null,
    summary: holds ? headline(reason) : 'No sign of bad sentiment',
    reason,
    evidence: evidenceOf(view, bad, mood, days, parameters),
    due: dueOf(bad, days, holds ? asOf.at + DAY_MS : null),
    severityStep: decider ? 1 : 0,
  };
}

function badVoices(view: View, days: number, parameters: Parameters): Voice[] {
  const from = view.asOf.at - days * DAY_MS;
  const nps = surveyVoices(view, 'nps').filter((voice) => voice.value <= parameters.npsAtMost);
  const csat = [...surveyVoices(view, 'csat'), ...ticketVoices(view)].filter(
    (voice) => voice.value <= parameters.csatAtMost,
  );
  return [...nps, ...csat].filter((voice) => voice.at > from && voice.at <= view.asOf.at);
}

function isDecider(view: View, person: string): boolean {
  return statesAt(view.history.stakeholders, view.asOf).some(
    ({ id, state }) =>
      !state.left &&
      [id, state.userId, state.email].includes(person) &&
      state.roles.some((role) => DECIDERS.includes(role)),
  );
}

/** When the first rating leaves the window; while only the mood holds it, a day on. */
const dueOf = (bad: readonly Voice[], days: number, otherwise: Instant | null) =>
  bad.length > 0 ? Math.min(...bad.map((voice) => voice.at)) + days * DAY_MS : otherwise;

const latest = (voices: readonly Voice[], otherwise: Instant) =>
  voices.length > 0 ? Math.max(...voices.map((voice) => voice.at)) : otherwise;

function reasonOf(
  bad: readonly Voice[],
  people: number,
  decider: boolean,
  mood: MoodChange | null,
  days: number,
): string {
  if (bad.length > 0 && people === 1 && decider)
    return `Someone who decides gave a bad rating in the last ${days} days.`;
  if (bad.length > 0)
    return `${count(people, 'person', 'people')} gave a bad rating in the last ${days} days${decider ? ', among them someone who decides' : ''}.`;
  if (mood) return `Mean sentiment went from ${round(mood.before)} to ${round(mood.now)} in the last 30 days.`;
  return `No bad rating in the last ${days} days.`;
}

function evidenceOf(
  view: View,
  bad: readonly Voice[],
  mood: MoodChange | null,
  days: number,
  parameters: Parameters,
): Evidence[] {
  const window = windowOf(view.today - days + 1, view.today, `last ${days} days`);
  const lines = bad.map((voice) =>
    evidence(`Rating by ${voice.person}`, 'rating', 'points', { value: voice.value, window, ids: [voice.id] }),
  );
  if (mood)
    lines.push(
      evidence('Mean sentiment', 'sentiment', 'points', {
        value: mood.now,
        baseline: mood.before,
        threshold: mood.before - parameters.sentimentDrop,
        window,
      }),
    );
  return lines;
}

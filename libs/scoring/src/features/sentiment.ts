import { derivedAt } from '../history/as-of';
import { DAY_MS, type Instant } from '../time/day';
import type { Feature, FeatureName } from './feature';
import { absent, count, isLive, lastDays, line, mean, missing, round, type View } from './standpoint';

type SentimentFeature = Extract<
  FeatureName,
  'nps' | 'nps-missing' | 'ticket-csat' | 'touchpoint-sentiment' | 'sentiment-trend'
>;

const NPS_DAYS = 180;
const CSAT_DAYS = 90;
const TREND_DAYS = 30;
const TREND_READINGS = 3;

/** A number someone gave or that was read from what they said, with its source. */
export interface Voice {
  readonly id: string;
  readonly at: Instant;
  readonly value: number;
  /** Who: user, stakeholder or e-mail; the id of the response where it names nobody. */
  readonly person: string;
}

export function sentimentFeatures(view: View): Record<SentimentFeature, Feature> {
  return {
    nps: absent(view, 'surveys') ?? npsFeature(view),
    'nps-missing': absent(view, 'surveys') ?? npsMissing(view),
    'ticket-csat': absent(view, 'tickets') ?? csatFeature(view),
    'touchpoint-sentiment': absent(view, 'touchpoints') ?? meetingFeature(view),
    'sentiment-trend': sentimentTrend(view),
  };
}

/** Survey answers of a kind, the latest per person, the newest first. Scales other than the usual one are mapped to it. */
export function surveyVoices(view: View, kind: 'nps' | 'csat'): readonly Voice[] {
  const usual = kind === 'nps' ? { min: 0, max: 10 } : { min: 1, max: 5 };
  return derivedAt(view.history.surveys, view.asOf, kind, (standing) =>
    latestPerPerson(
      standing
        .filter(({ state }) => state.kind === kind)
        .map(({ id, at, state }) => {
          const { min, max } = state.scale ?? usual;
          const share = max > min ? (state.score - min) / (max - min) : 0;
          const value = usual.min + share * (usual.max - usual.min);
          return { id, at, value, person: state.stakeholderId ?? state.userId ?? state.email ?? id };
        }),
    ),
  );
}

/** CSAT given on tickets, the latest per person. */
export function ticketVoices(view: View): readonly Voice[] {
  return derivedAt(view.history.tickets, view.asOf, 'csat', (standing) =>
    latestPerPerson(
      standing.flatMap(({ id, at, state }) => {
        const { csat, csatAt, requesterUserId, requesterEmail } = state;
        return csat === undefined
          ? []
          : [{ id, at: csatAt ?? at, value: csat, person: requesterUserId ?? requesterEmail ?? id }];
      }),
    ),
  );
}

function latestPerPerson(voices: readonly Voice[]): Voice[] {
  const latest = new Map<string, Voice>();
  for (const voice of [...voices].sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)))
    if (!latest.has(voice.person)) latest.set(voice.person, voice);
  return [...latest.values()];
}

function within(view: View, voices: readonly Voice[], days: number): Voice[] {
  return voices.filter((voice) => voice.at > view.asOf.at - days * DAY_MS);
}

function npsFeature(view: View): Feature {
  const voices = within(view, surveyVoices(view, 'nps'), NPS_DAYS);
  const value = mean(voices.map((voice) => voice.value));
  if (value === null) return missing('No NPS answer in the last 180 days.');
  return {
    value,
    reason: `${count(voices.length, 'person', 'people')} gave ${round(value)} of 10 on average in the last 180 days.`,
    evidence: [
      line(
        'Mean NPS answer',
        value,
        'points',
        lastDays(view, NPS_DAYS),
        voices.map((one) => one.id),
      ),
    ],
  };
}

function csatFeature(view: View): Feature {
  const voices = within(view, ticketVoices(view), CSAT_DAYS);
  const value = mean(voices.map((voice) => voice.value));
  if (value === null) return missing('No ticket was rated in the last 90 days.');
  return {
    value,
    reason: `Tickets were rated ${round(value)} of 5 by ${count(voices.length, 'person', 'people')} in the last 90 days.`,
    evidence: [
      line(
        'Mean ticket CSAT',
        value,
        'points',
        lastDays(view, CSAT_DAYS),
        voices.map((one) => one.id),
      ),
    ],
  };
}

/** Asked and not answered says something of its own: people who do not answer leave more often. */
function npsMissing(view: View): Feature {
  const voices = within(view, surveyVoices(view, 'nps'), NPS_DAYS);
  const value = voices.length === 0 ? 1 : 0;
  const reason =
    value === 1
      ? 'Nobody answered an NPS survey in the last 180 days.'
      : 'There is an NPS answer of the last 180 days.';
  return { value, reason, evidence: [line('NPS answers', voices.length, 'people', lastDays(view, NPS_DAYS))] };
}

/** A sentiment that was recorded with a contact or a ticket, −1 to 1. */
interface Mood {
  readonly id: string;
  readonly at: Instant;
  readonly value: number;
}

function meetingMoods(view: View): readonly Mood[] {
  return derivedAt(view.history.touchpoints, view.asOf, 'moods', (standing) =>
    standing.flatMap(({ id, state }) =>
      state.sentiment === undefined ? [] : [{ id, at: state.startAt, value: state.sentiment }],
    ),
  );
}

function ticketMoods(view: View): readonly Mood[] {
  return derivedAt(view.history.tickets, view.asOf, 'moods', (standing) =>
    standing.flatMap(({ id, state }) =>
      state.sentiment === undefined ? [] : [{ id, at: state.openedAt, value: state.sentiment }],
    ),
  );
}

function meetingFeature(view: View): Feature {
  const found = meetingMoods(view).filter(({ at }) => inLast(view, at, CSAT_DAYS));
  const value = mean(found.map((one) => one.value));
  if (value === null) return missing('No sentiment was recorded in the last 90 days.');
  return {
    value,
    reason: `Sentiment in ${count(found.length, 'contact')} of the last 90 days averaged ${round(value)} (−1 to 1).`,
    evidence: [
      line(
        'Mean sentiment',
        value,
        'points',
        lastDays(view, CSAT_DAYS),
        found.map((one) => one.id),
      ),
    ],
  };
}

/** Mean sentiment of the newest `days` beside that of the `baseDays` before; null with too few readings of either. */
export interface MoodChange {
  readonly now: number;
  readonly before: number;
}

export function moodChange(view: View, days: number, baseDays: number, minReadings: number): MoodChange | null {
  const readings = [...meetingMoods(view), ...ticketMoods(view)].filter(({ at }) => inLast(view, at, days + baseDays));
  const edge = view.asOf.at - days * DAY_MS;
  const now = readings.filter(({ at }) => at > edge).map(({ value }) => value);
  const before = readings.filter(({ at }) => at <= edge).map(({ value }) => value);
  if (now.length < minReadings || before.length < minReadings) return null;
  return { now: mean(now) ?? 0, before: mean(before) ?? 0 };
}

function sentimentTrend(view: View): Feature {
  if (!isLive(view, 'tickets') && !isLive(view, 'touchpoints')) return missing('No source of sentiment is connected.');
  const change = moodChange(view, TREND_DAYS, CSAT_DAYS, TREND_READINGS);
  if (!change) return missing('Too few sentiments were recorded to speak of a trend.');
  return {
    value: change.now - change.before,
    reason: `Mean sentiment went from ${round(change.before)} to ${round(change.now)} in the last 30 days (−1 to 1).`,
    evidence: [
      line('Mean sentiment', change.now, 'points', lastDays(view, TREND_DAYS)),
      line('Mean sentiment before', change.before, 'points'),
    ],
  };
}

const inLast = (view: View, at: Instant, days: number) => at <= view.asOf.at && at > view.asOf.at - days * DAY_MS;

import { statesAt } from '../history/as-of';
import { DAY_MS, type Instant } from '../time/day';
import type { Feature, FeatureName } from './feature';
import { absent, count, lastDays, line, mean, missing, round, type View } from './standpoint';

type SentimentFeature = Extract<FeatureName, 'nps' | 'ticket-csat' | 'touchpoint-sentiment'>;

const NPS_DAYS = 180;
const CSAT_DAYS = 90;

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
    'ticket-csat': absent(view, 'tickets') ?? csatFeature(view),
    'touchpoint-sentiment': absent(view, 'touchpoints') ?? meetingFeature(view),
  };
}

/** Survey answers of a kind, the latest per person, the newest first. Scales other than the usual one are mapped to it. */
export function surveyVoices(view: View, kind: 'nps' | 'csat'): Voice[] {
  const usual = kind === 'nps' ? { min: 0, max: 10 } : { min: 1, max: 5 };
  const voices = statesAt(view.history.surveys, view.asOf)
    .filter(({ state }) => state.kind === kind)
    .map(({ id, at, state }) => {
      const { min, max } = state.scale ?? usual;
      const share = max > min ? (state.score - min) / (max - min) : 0;
      const value = usual.min + share * (usual.max - usual.min);
      return { id, at, value, person: state.stakeholderId ?? state.userId ?? state.email ?? id };
    });
  return latestPerPerson(voices);
}

/** CSAT given on tickets, the latest per person. */
export function ticketVoices(view: View): Voice[] {
  const voices = statesAt(view.history.tickets, view.asOf).flatMap(({ id, at, state }) =>
    state.csat === undefined
      ? []
      : [
          {
            id,
            at: state.csatAt ?? at,
            value: state.csat,
            person: state.requesterUserId ?? state.requesterEmail ?? id,
          },
        ],
  );
  return latestPerPerson(voices);
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

function meetingFeature(view: View): Feature {
  const found = statesAt(view.history.touchpoints, view.asOf).filter(
    ({ state }) => state.sentiment !== undefined && inLast(view, state.startAt, CSAT_DAYS),
  );
  const value = mean(found.map(({ state }) => state.sentiment ?? 0));
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

const inLast = (view: View, at: Instant, days: number) => at <= view.asOf.at && at > view.asOf.at - days * DAY_MS;

import { popcount } from '../history/bitmap';
import { DAY_MS } from '../time/day';
import type { Feature, FeatureName } from './feature';
import { absent, count, lastDays, line, mean, missing, percent, round, type View } from './standpoint';
import { activeRecently } from './usage-windows';
import { isUnsolved, openedSince } from './tickets';

type DepthFeature = Extract<FeatureName, 'key-feature-depth' | 'ticket-sentiment' | 'ticket-resolution-days'>;

const USE_DAYS = 28;
const TICKET_DAYS = 90;

/** How deep the use goes, how tickets sound and how long they take: levels that tell more than whether something happened. */
export function depthFeatures(view: View): Record<DepthFeature, Feature> {
  const tickets = absent(view, 'tickets');
  return {
    'key-feature-depth': absent(view, 'usage') ?? keyFeatureDepth(view),
    'ticket-sentiment': tickets ?? ticketSentiment(view),
    'ticket-resolution-days': tickets ?? resolution(view),
  };
}

/** Mean over the key features of the share of the active people who used it. */
function keyFeatureDepth(view: View): Feature {
  const { usage, keyFeatures } = view.history;
  if (keyFeatures.length === 0) return missing('No key features are defined.');
  const active = popcount(activeRecently(view, USE_DAYS));
  if (active === 0) return missing('Nobody is active.');
  const { today, known, except } = view;
  const shares = usage.remember('depth', { through: today, known, except }, () =>
    keyFeatures.map(({ names }) => popcount(usage.usersOf(names, today - USE_DAYS + 1, today, known, except)) / active),
  );
  const value = mean(shares) ?? 0;
  return {
    value,
    reason: `On average ${percent(value)} of the active people used each key feature in the last 28 days.`,
    evidence: keyFeatures.map(({ feature }, i) => line(feature, shares[i] ?? 0, 'share', lastDays(view, USE_DAYS))),
  };
}

function ticketSentiment(view: View): Feature {
  const found = recent(view).filter(({ state }) => state.sentiment !== undefined);
  const value = mean(found.map(({ state }) => state.sentiment ?? 0));
  if (value === null) return missing('No ticket of the last 90 days has a sentiment.');
  return {
    value,
    reason: `${count(found.length, 'ticket')} of the last 90 days sounded ${round(value)} on average (−1 to 1).`,
    evidence: [line('Mean ticket sentiment', value, 'points', lastDays(view, TICKET_DAYS), idsOf(found))],
  };
}

/** Geometric mean, so that one forgotten ticket does not decide; what is unsolved counts with its age. */
function resolution(view: View): Feature {
  const found = recent(view);
  const logs = found.map(({ state }) => {
    const end = isUnsolved(state) ? view.asOf.at : (state.solvedAt ?? view.asOf.at);
    return Math.log1p(Math.max(0, end - state.openedAt) / DAY_MS);
  });
  const middle = mean(logs);
  if (middle === null) return missing('No ticket was opened in the last 90 days.');
  const value = Math.expm1(middle);
  return {
    value,
    reason: `Tickets of the last 90 days took about ${count(value, 'day')}; what is open counts with its age.`,
    evidence: [line('Days to solve a ticket', value, 'days', lastDays(view, TICKET_DAYS), idsOf(found))],
  };
}

const recent = (view: View) => openedSince(view, view.asOf.at - TICKET_DAYS * DAY_MS);
const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

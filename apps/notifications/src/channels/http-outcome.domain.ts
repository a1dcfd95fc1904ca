import type { Outcome } from '../deliveries/delivery.domain';
import { parseRetryAfter } from '../deliveries/schedule.domain';

const throttling = [429, 502, 503, 504];

/** What an HTTP status means for a webhook. A redirect is a failure: it is never followed. */
export function webhookOutcome(status: number, retryAfter: string | null, now: Date): Outcome {
  if (status >= 200 && status < 300) return { result: 'delivered', status, detail: 'Delivered.' };
  if (status === 410) return { result: 'gone', status, detail: 'The receiver answered 410 Gone.' };
  const detail =
    status >= 300 && status < 400
      ? `The receiver answered ${status}; redirects are not followed.`
      : `The receiver answered ${status}.`;
  const retryAfterMs = throttling.includes(status) ? parseRetryAfter(retryAfter, now) : null;
  return { result: 'retry', status, detail, retryAfterMs };
}

/** Slack says why in the body, in one word: `invalid_blocks`, `no_service`, `channel_is_archived`. */
export function slackOutcome(status: number, body: string, retryAfter: string | null, now: Date): Outcome {
  const word = /^[a-z_]{2,60}$/.exec(body.trim())?.[0];
  if (status === 404 || status === 410)
    return { result: 'gone', status, detail: `Slack answered ${status}${word ? ` ${word}` : ''}.` };
  if (status === 400) return { result: 'refused', status, detail: `Slack answered 400${word ? ` ${word}` : ''}.` };
  return webhookOutcome(status, retryAfter, now);
}

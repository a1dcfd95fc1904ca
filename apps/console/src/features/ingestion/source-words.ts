import type { SourceVolume } from '@tenure/contracts';
import type { Source } from '../../api/types';
import { ago } from '../../format/dates';

export const kindWords: Record<Source['kind'], string> = {
  segment: 'Segment API',
  cloudevents: 'CloudEvents',
  posthog: 'PostHog',
  webhook: 'Webhook',
  csv: 'CSV files',
};

export const vendorWords: Record<string, string> = {
  zendesk: 'Zendesk',
  intercom: 'Intercom',
  jira: 'Jira Service Management',
  freshdesk: 'Freshdesk',
  salesforce: 'Salesforce',
  hubspot: 'HubSpot',
  formbricks: 'Formbricks',
  typeform: 'Typeform',
  delighted: 'Delighted',
  surveymonkey: 'SurveyMonkey',
  stripe: 'Stripe',
  standard: 'Standard Webhooks',
};

type Status = SourceVolume['status'];

export const statusWords: Record<Status, string> = {
  'no-data': 'Nothing yet',
  learning: 'Learning',
  usual: 'As usual',
  silent: 'Silent',
  low: 'Low volume',
  high: 'High volume',
};

/** How urgent the word looks. */
export const statusTones: Record<Status, 'good' | 'warn' | 'bad' | undefined> = {
  'no-data': undefined,
  learning: undefined,
  usual: 'good',
  silent: 'bad',
  low: 'warn',
  high: 'warn',
};

/** What it is: 'Webhook of Zendesk · history import'. */
export function sourceSentence(source: Source): string {
  const kind = source.vendor
    ? `${kindWords.webhook} of ${vendorWords[source.vendor] ?? source.vendor}`
    : kindWords[source.kind];
  return source.mode === 'import' ? `${kind} · history import` : kind;
}

/** 'last event 5 min ago', by the counts where they are, else by the key's last use. */
export function lastSentence(source: Source, volume: SourceVolume | undefined, now: Date, zone: string): string {
  const at = volume?.lastEventAt ?? source.lastUsedAt;
  return at ? `last event ${ago(at, now, zone)}` : 'no event yet';
}

/** Only a live source that takes events can be silent. */
export function isJudged(source: Pick<Source, 'state' | 'mode'>): boolean {
  return source.state === 'active' && source.mode === 'live';
}

/** What an admin should look at, the worst first. */
export function troubled<T extends Pick<SourceVolume, 'status' | 'since'>>(volumes: readonly T[]): T[] {
  const order: Status[] = ['silent', 'low', 'high'];
  return volumes
    .filter((each) => order.includes(each.status))
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

import type { Source } from '../../api/types';

/** Something to paste, with what it is for. */
export interface Snippet {
  label: string;
  text: string;
}

/** The address without the scheme, as SDKs of RudderStack and PostHog do not want it either. */
const plain = (url: string): string => url.replace(/\/$/, '');

const segment = (url: string, key: string): Snippet[] => [
  {
    label: 'curl',
    text: `curl -u ${key}: -H 'content-type: application/json' ${url}/v1/track \\
  -d '{"userId": "u-1", "event": "Report Exported", "context": {"groupId": "acme"}}'`,
  },
  {
    label: 'Segment for Node',
    text: `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: '${key}', host: '${url}' });
analytics.group({ userId: 'u-1', groupId: 'acme', traits: { name: 'Acme' } });
analytics.track({ userId: 'u-1', event: 'Report Exported' });
await analytics.closeAndFlush();`,
  },
  {
    label: 'RudderStack for Node',
    text: `import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const analytics = new RudderAnalytics('${key}', { dataPlaneUrl: '${url}' });
analytics.group({ userId: 'u-1', groupId: 'acme', traits: { name: 'Acme' } });
analytics.track({ userId: 'u-1', event: 'Report Exported' });`,
  },
];

const cloudEvents = (url: string, key: string): Snippet[] => [
  {
    label: 'curl',
    text: `curl -H 'authorization: Bearer ${key}' -H 'content-type: application/cloudevents+json' ${url}/v1/events -d '{
  "specversion": "1.0", "id": "1", "source": "crm", "type": "tenure.account.changed.v1",
  "data": {"accountId": "acme", "name": "Acme"}}'`,
  },
  { label: 'A file of events', text: `TENURE_WRITE_KEY=${key} npm run tenure -- send events.ndjson` },
];

const postHog = (url: string, key: string): Snippet[] => [
  {
    label: 'curl',
    text: `curl -H 'content-type: application/json' ${url}/i/v0/e/ -d '{
  "api_key": "${key}", "event": "Report Exported", "distinct_id": "u-1",
  "properties": {"$groups": {"company": "acme"}}}'`,
  },
  {
    label: 'PostHog for Node',
    text: `import { PostHog } from 'posthog-node';

const posthog = new PostHog('${key}', { host: '${url}' });
posthog.capture({ distinctId: 'u-1', event: 'Report Exported', groups: { company: 'acme' } });
await posthog.shutdown();`,
  },
];

const csv = (url: string, key: string): Snippet[] => [
  {
    label: 'Command line',
    text: `# ${url}: the write key is ${key}
npm run tenure -- import --help`,
  },
];

const byKind = { segment, cloudevents: cloudEvents, posthog: postHog, csv } as const;

/** What to paste so that events of this kind arrive. A webhook has none: its address is pasted at the vendor. */
export function snippetsFor(kind: Source['kind'], ingestUrl: string, key = 'YOUR_WRITE_KEY'): Snippet[] {
  return kind === 'webhook' ? [] : byKind[kind](plain(ingestUrl), key);
}

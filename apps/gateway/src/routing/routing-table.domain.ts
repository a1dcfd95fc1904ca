/** The services behind the gateway; `gateway` answers itself. */
export const services = ['gateway', 'ingestion', 'health', 'renewals', 'notifications', 'reporting'] as const;
export type ServiceName = (typeof services)[number];
export type Upstream = Exclude<ServiceName, 'gateway'>;

export interface Route {
  readonly pattern: string;
  readonly service: ServiceName;
}

/**
 * Which service answers which public path; the first match wins. `:name` is one segment, a last `**` is any number of
 * segments (also none). What stands here nowhere does not exist: a new route of a service is added by name.
 */
export const routes: readonly Route[] = [
  { pattern: '/api/v1/session/**', service: 'gateway' },
  { pattern: '/api/v1/me', service: 'gateway' },
  { pattern: '/api/v1/people/**', service: 'gateway' },
  { pattern: '/api/v1/api-keys/**', service: 'gateway' },
  { pattern: '/api/v1/settings', service: 'gateway' },

  { pattern: '/api/v1/sources/**', service: 'ingestion' },
  { pattern: '/api/v1/held/**', service: 'ingestion' },
  { pattern: '/api/v1/catalogue/**', service: 'ingestion' },
  { pattern: '/api/v1/imports/**', service: 'ingestion' },
  { pattern: '/api/v1/erasures/**', service: 'ingestion' },

  { pattern: '/api/v1/accounts/:accountId/health/**', service: 'health' },
  { pattern: '/api/v1/accounts/:accountId/usage', service: 'health' },
  { pattern: '/api/v1/accounts/:accountId/signals', service: 'health' },
  { pattern: '/api/v1/alerts/**', service: 'health' },
  { pattern: '/api/v1/models/**', service: 'health' },
  { pattern: '/api/v1/signals/**', service: 'health' },
  { pattern: '/api/v1/studies/**', service: 'health' },
  { pattern: '/api/v1/accounts/:accountId/ledger', service: 'health' },
  { pattern: '/api/v1/accounts/:accountId/pulses/**', service: 'health' },
  { pattern: '/api/v1/accounts/:accountId/override', service: 'health' },
  { pattern: '/api/v1/disagreements', service: 'health' },
  { pattern: '/api/v1/accounts/:accountId/churn', service: 'health' },
  { pattern: '/api/v1/churn-models/**', service: 'health' },
  { pattern: '/api/v1/backtests', service: 'health' },
  { pattern: '/api/v1/last-year', service: 'health' },
  { pattern: '/api/v1/features/**', service: 'health' },
  { pattern: '/api/v1/inputs', service: 'health' },

  { pattern: '/api/v1/renewals/**', service: 'renewals' },
  { pattern: '/api/v1/accounts/:accountId/arr', service: 'renewals' },

  { pattern: '/api/v1/destinations/**', service: 'notifications' },
  { pattern: '/api/v1/deliveries/**', service: 'notifications' },
  { pattern: '/api/v1/digest', service: 'notifications' },

  { pattern: '/api/v1/accounts', service: 'reporting' },
  { pattern: '/api/v1/accounts/:accountId', service: 'reporting' },
  { pattern: '/api/v1/accounts/:accountId/stakeholders', service: 'reporting' },
  { pattern: '/api/v1/accounts/:accountId/tickets', service: 'reporting' },
  { pattern: '/api/v1/accounts/:accountId/timeline', service: 'reporting' },
  { pattern: '/api/v1/accounts/:accountId/notes', service: 'reporting' },
  { pattern: '/api/v1/notes/:noteId', service: 'reporting' },
  { pattern: '/api/v1/today', service: 'reporting' },
  { pattern: '/api/v1/reports/**', service: 'reporting' },
  { pattern: '/api/v1/live', service: 'reporting' },
];

const compiled = routes.map(({ pattern, service }) => {
  const segments = pattern.split('/').slice(1);
  const open = segments.at(-1) === '**';
  return { segments: open ? segments.slice(0, -1) : segments, open, service };
});

/** Undefined where no service answers, also for paths that another parser could read as a different one. */
export function serviceFor(path: string): ServiceName | undefined {
  const segments = path.split('/').slice(1);
  if (segments.some(isAmbiguous)) return undefined;
  return compiled.find((route) => matches(route, segments))?.service;
}

function matches(route: (typeof compiled)[number], segments: readonly string[]): boolean {
  if (route.open ? segments.length < route.segments.length : segments.length !== route.segments.length) return false;
  return route.segments.every((expected, at) => expected.startsWith(':') || expected === segments[at]);
}

/** Empty, dot and backslash segments, plain or percent-encoded: proxies and services disagree on what they mean. */
function isAmbiguous(segment: string): boolean {
  const decoded = segment.replaceAll(/%2e/gi, '.');
  return decoded === '' || decoded === '.' || decoded === '..' || /\\|%5c|%00/i.test(segment);
}

const files = /^\/api\/v1\/sources\/[^/]+\/imports(?:\/preview)?$/;

/** Whether a path takes files: their bodies pass through as they come, in whatever time that takes. */
export const takesFiles = (path: string): boolean => files.test(path);

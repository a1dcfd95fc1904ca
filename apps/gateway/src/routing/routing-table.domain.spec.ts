import { routes, serviceFor } from './routing-table.domain';

describe('The routing table', () => {
  it.each([
    ['/api/v1/accounts', 'reporting'],
    ['/api/v1/accounts/acme', 'reporting'],
    ['/api/v1/accounts/acme/timeline', 'reporting'],
    ['/api/v1/accounts/acme/health', 'health'],
    ['/api/v1/accounts/acme/health/history', 'health'],
    ['/api/v1/accounts/acme/usage', 'health'],
    ['/api/v1/accounts/acme/arr', 'renewals'],
    ['/api/v1/alerts/1/acknowledge', 'health'],
    ['/api/v1/renewals/calendar', 'renewals'],
    ['/api/v1/destinations/1/test', 'notifications'],
    ['/api/v1/sources', 'ingestion'],
    ['/api/v1/session', 'gateway'],
    ['/api/v1/session/link', 'gateway'],
    ['/api/v1/accounts/a%2Fb/usage', 'health'],
  ])('leads %s to %s', (path, service) => {
    expect(serviceFor(path)).toBe(service);
  });

  it.each([
    '/api/v1',
    '/api/v1/nothing',
    '/api/v1/accounts/acme/secrets',
    '/api/v1/accounts/acme/usage/more',
    '/api/v2/accounts',
    '/api/v1/accounts/',
    '/api/v1//accounts',
    '/api/v1/sources/../people',
    '/api/v1/sources/%2e%2E/people',
    '/api/v1/sources/..%5cpeople',
    '/API/v1/accounts',
  ])('knows nothing of %s', (path) => {
    expect(serviceFor(path)).toBeUndefined();
  });

  it('has no pattern twice', () => {
    const patterns = routes.map((route) => route.pattern);
    expect(new Set(patterns).size).toBe(patterns.length);
  });
});

import { cacheControl, contentSecurityPolicy, pageFor } from './page.domain';

describe('A path of the console', () => {
  it.each(['/', '/index.html', '/today', '/accounts/acme', '/accounts/a%20b'])('%s is the application', (path) => {
    expect(pageFor(path)).toEqual({ kind: 'app' });
  });

  it.each([
    ['/assets/index-1a2b.js', 'assets/index-1a2b.js'],
    ['/favicon.svg', 'favicon.svg'],
  ])('%s is a file', (path, file) => {
    expect(pageFor(path)).toEqual({ kind: 'file', file });
  });

  it.each([
    '/api/v2/accounts',
    '/api',
    '/operator/v1',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/.env',
    '/a\\..\\b.js',
    '/%00.js',
    '/%zz',
  ])('%s is nothing', (path) => {
    expect(pageFor(path)).toEqual({ kind: 'none' });
  });
});

describe('The browser', () => {
  it('keeps files with a hash in their name for ever, and asks for the others', () => {
    expect(cacheControl('assets/index-1a2b.js')).toContain('immutable');
    expect(cacheControl('index.html')).toBe('no-cache');
    expect(cacheControl('favicon.svg')).toBe('no-cache');
  });

  it('runs only our own scripts', () => {
    expect(contentSecurityPolicy).toContain("script-src 'self';");
    expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
  });
});

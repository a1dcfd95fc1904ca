import { isOwnOrigin, mayUseCookie, type RequestMarks } from './csrf.domain';

const page: RequestMarks = {
  method: 'POST',
  host: 'tenure.example',
  origin: 'https://tenure.example',
  fetchSite: 'same-origin',
  csrfHeader: '1',
};

describe('A write by cookie', () => {
  it('passes from our own page', () => {
    expect(mayUseCookie(page, [])).toBe(true);
  });

  it.each<[string, Partial<RequestMarks>]>([
    ['without the header', { csrfHeader: undefined }],
    ['with another value of the header', { csrfHeader: '0' }],
    ['from a foreign page', { origin: 'https://evil.example', fetchSite: 'cross-site' }],
    ['from a sandboxed page', { origin: 'null' }],
    ['from a host that only begins like ours', { origin: 'https://tenure.example.evil.example' }],
    ['from another port', { origin: 'https://tenure.example:8443' }],
    ['from a sibling domain, where no Origin is sent', { origin: undefined, fetchSite: 'same-site' }],
    ['where the host is not known', { host: undefined }],
  ])('is refused %s', (_, change) => {
    expect(mayUseCookie({ ...page, ...change }, [])).toBe(false);
  });

  it('passes from an origin that the operator allows', () => {
    const dev = { ...page, origin: 'http://localhost:5173' };
    expect(mayUseCookie(dev, ['http://localhost:5173'])).toBe(true);
  });

  it('passes from a program that is no browser and sends neither Origin nor Sec-Fetch-Site', () => {
    expect(mayUseCookie({ ...page, origin: undefined, fetchSite: undefined }, [])).toBe(true);
  });

  it.each(['GET', 'head', 'OPTIONS'])('is no matter for %s, which writes nothing', (method) => {
    expect(mayUseCookie({ ...page, method, csrfHeader: undefined, origin: 'https://evil.example' }, [])).toBe(true);
  });
});

describe('Signing in', () => {
  it('needs no header yet, but an own origin', () => {
    expect(isOwnOrigin({ ...page, csrfHeader: undefined }, [])).toBe(true);
    expect(isOwnOrigin({ ...page, origin: 'https://evil.example' }, [])).toBe(false);
  });
});

import type { CallerIdentity, Notifications } from '@tenure/platform';
import { IdentityCache } from './identity-cache.client';

const ada: CallerIdentity = { tenant: 'acme', subject: 'p1', role: 'csm', kind: 'person', name: 'Ada', email: null };

/** A cache whose look-ups are counted, and the notice that somebody's rights changed. */
function cacheOf(answer: () => Promise<CallerIdentity | undefined>) {
  let notify: () => void = () => undefined;
  const on = (_channel: string, handler: () => void): (() => void) => {
    notify = handler;
    return () => undefined;
  };
  const cache = new IdentityCache({ on } as unknown as Notifications);
  let asked = 0;
  const look = (hash = 'h') =>
    cache.get(hash, () => {
      asked++;
      return answer();
    });
  return { look, notify: () => notify(), asked: () => asked };
}

describe('What is remembered of a caller', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is forgotten after five seconds, also when no notice comes', async () => {
    const { look, asked } = cacheOf(async () => ada);
    await look();
    jest.advanceTimersByTime(4_999);
    await look();
    expect(asked()).toBe(1);
    jest.advanceTimersByTime(1);
    await look();
    expect(asked()).toBe(2);
  });

  it('is forgotten at once when anybody’s rights change', async () => {
    const { look, notify, asked } = cacheOf(async () => ada);
    await look();
    notify();
    await look();
    expect(asked()).toBe(2);
  });

  it('is looked up once for requests that come together', async () => {
    const { look, asked } = cacheOf(async () => ada);
    await Promise.all([look(), look(), look()]);
    expect(asked()).toBe(1);
  });

  it('is not that nobody was there, nor that it could not be found out', async () => {
    const outcomes = [async () => undefined, () => Promise.reject(new Error('away')), async () => ada];
    const { look, asked } = cacheOf(() => (outcomes.shift() ?? (async () => ada))());
    expect(await look()).toBeUndefined();
    await expect(look()).rejects.toThrow('away');
    expect(await look()).toBe(ada);
    expect(asked()).toBe(3);
  });
});

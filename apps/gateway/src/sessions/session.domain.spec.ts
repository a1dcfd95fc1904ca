import { isLinkGood, isWorthExtending, linkLifeMs, sessionEnd } from './session.domain';

const hour = 3_600_000;
const life = { idleMs: 12 * hour, absoluteMs: 30 * 24 * hour };
const start = new Date('2026-03-01T08:00:00Z');
const after = (ms: number) => new Date(start.getTime() + ms);

describe('A session', () => {
  it('ends twelve hours after its last use', () => {
    expect(sessionEnd(start, after(5 * hour), life)).toEqual(after(17 * hour));
  });

  it('ends after thirty days, however much it is used', () => {
    expect(sessionEnd(start, after(30 * 24 * hour - hour), life)).toEqual(after(30 * 24 * hour));
  });

  it('is extended at most once in ten minutes', () => {
    const end = sessionEnd(start, start, life);
    expect(isWorthExtending(end, start, after(9 * 60_000), life)).toBe(false);
    expect(isWorthExtending(end, start, after(10 * 60_000), life)).toBe(true);
  });
});

describe('A sign-in link', () => {
  const link = { expiresAt: after(linkLifeMs), usedAt: null };

  it('is good for 24 hours', () => {
    expect(isLinkGood(link, after(24 * hour - 1))).toBe(true);
    expect(isLinkGood(link, after(24 * hour))).toBe(false);
  });

  it('is good once', () => {
    expect(isLinkGood({ ...link, usedAt: start }, start)).toBe(false);
  });
});

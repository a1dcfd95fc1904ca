import { type AccountHistory, accountHealth, asOf, bitmapOf, DAY_MS, defaultModel, UsageDays } from '@tenure/scoring';

import { pastScores } from './past-scores.domain';

const now = Date.parse('2026-06-10T12:00:00.000Z');
const model = defaultModel();

function account(days: number): AccountHistory {
  const first = Math.floor(now / DAY_MS) - days;
  const rows = Array.from({ length: days }, (_, index) => {
    const day = first + index;
    return { day, knownDay: day, events: 5, users: bitmapOf([0, 1, 2, 3, 4]), byName: { open: 5 } };
  });
  const live = { usage: { since: 0, freshUntil: now + DAY_MS } };
  return {
    accountId: 'acme',
    timeZone: 'UTC',
    holidays: new Set(),
    firstSeen: first * DAY_MS,
    usage: UsageDays.of(rows),
    keyFeatures: [],
    users: [],
    profile: [],
    tickets: [],
    stakeholders: [],
    surveys: [],
    touchpoints: [],
    contracts: [],
    invoices: [],
    inputs: live,
  };
}

describe('the scores of the past', () => {
  it('are a fortnight apart, oldest first, from when the account was first seen', () => {
    const past = pastScores(account(100), now, model);
    expect(past).toHaveLength(7);
    expect(past.map(({ at }) => (now - at) / DAY_MS)).toEqual([98, 84, 70, 56, 42, 28, 14]);
    expect(pastScores(account(800), now, model)).toHaveLength(26);
  });

  it('are what the live score would have been, trend included', () => {
    const history = account(400);
    for (const { at, health } of pastScores(history, now, model).slice(4)) {
      const live = accountHealth(history, asOf(at), model);
      expect(health.score).toBe(live.score);
      expect(health.trend).toBe(live.trend);
    }
  });

  it('tell the first, and every fourth week', () => {
    const told = pastScores(account(100), now, model).filter((each) => each.told);
    expect(told.map(({ at }) => (now - at) / DAY_MS)).toContain(98);
    expect(told.length).toBeLessThan(7);
  });
});

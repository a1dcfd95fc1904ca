import { eventByType, validateData } from '@tenure/contracts';
import { DaySlices } from '../history/day-slices.domain';
import type { SimulatedEvent } from '../history/event.domain';
import { dayOf, isWeekend } from '../world/calendar.domain';
import { createWorld } from '../world/world.domain';
import { livePeople, liveUsage } from './live-usage.domain';
import { missedEvents } from './missed.domain';
import { missedRecoveries, storyCast, storyOf } from './story.domain';

const until = dayOf('2026-03-31');
const slices = new DaySlices(createWorld({ seed: 'live', accounts: 300, months: 12, until }));
const today = until + 3;
const now = new Date(today * 86_400_000 + 40_000_000);

function problems(events: readonly SimulatedEvent[]): unknown[] {
  return events.filter((event) => {
    const definition = eventByType(event.type);
    return !definition || !validateData(definition, event.data).ok;
  });
}

describe('live use', () => {
  const people = livePeople(slices, today);

  it('comes from those who would be active that day, so who is silent stays silent', () => {
    expect(isWeekend(today)).toBe(false);
    expect(people.length).toBeGreaterThan(300);
    expect(people.filter(({ plan }) => plan.account.role === 'silence')).toEqual([]);
    expect(people.filter(({ plan }) => plan.contracts.lastDay !== undefined && plan.contracts.lastDay < today)).toEqual(
      [],
    );
  });

  it('is the same event for the same slot, another for the next, and always valid', () => {
    const events = Array.from({ length: 200 }, (_, slot) => liveUsage(slices, people, slot, now)!);
    expect(problems(events)).toEqual([]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(200);
    expect(liveUsage(slices, people, 17, now)).toEqual(events[17]);
  });
});

describe('the stories', () => {
  const cast = storyCast(slices);
  const since = now.getTime() - 1000;
  const round = (half: number) =>
    cast.map((_, index) => storyOf(slices, cast, { since, slot: half * cast.length + index }, now));

  it('bring each of ten healthy accounts into trouble and out of it', () => {
    expect(cast).toHaveLength(10);
    expect(cast.every(({ account }) => account.role === 'healthy')).toBe(true);
    const [worse, better] = [round(0), round(1)];
    expect(problems([...worse, ...better].flat())).toEqual([]);
    expect([...worse, ...better].every((events) => events.length > 0)).toBe(true);
    const words = (events: SimulatedEvent[][]) => JSON.stringify(events.flat().map(({ data }) => data));
    for (const word of ['"escalated"', '"left"', '"notice-given"', '"score":1']) expect(words(worse)).toContain(word);
    for (const word of ['"solved"', '"returned"', '"noticeGivenAt":null', '"score":9'])
      expect(words(better)).toContain(word);
  });

  it('never repeat an id in a later round', () => {
    const ids = [0, 1, 2, 3].flatMap((half) =>
      round(half)
        .flat()
        .map(({ source, id }) => `${source} ${id}`),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('after a pause', () => {
  it('takes those out of trouble whose turn was missed, and nobody else', () => {
    const cast = storyCast(slices);
    const time = (slot: number) => ({ since: 0, slot });
    const slots = (last: number, now: number) => missedRecoveries(cast, time(last), time(now)).map(({ slot }) => slot);
    expect(slots(7, 300)).toEqual([10, 11, 12, 13, 14, 15, 16, 17]);
    expect(slots(17, 300)).toEqual([18, 19]);
    expect(slots(7, 8)).toEqual([]);
  });

  it('tells what was planned, and the use of whole days that were missed', () => {
    const from = (until + 1) * 86_400_000 + 50_000_000;
    const events = missedEvents(slices, from, now.getTime());
    expect(problems(events)).toEqual([]);
    expect(events.every(({ time }) => Date.parse(time) > from && Date.parse(time) <= now.getTime())).toBe(true);
    const usage = events.filter(({ type }) => type === 'tenure.usage.recorded.v1');
    expect(new Set(usage.map(({ time }) => dayOf(time.slice(0, 10))))).toEqual(new Set([until + 2]));
    expect(events.every(({ knownat }) => knownat === undefined)).toBe(true);
  });
});

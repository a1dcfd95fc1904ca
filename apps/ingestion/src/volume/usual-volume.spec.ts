import { bandOfHour, judgeVolume } from './usual-volume.domain';
import { hourMs } from './volume-tally.domain';

// A Wednesday, 14:20.
const now = Date.UTC(2026, 4, 13, 14, 20);
const thisHour = Math.floor(now / hourMs);

/** Office hours of working days, `base` an hour and a little noise that is the same in every run. */
const office = (hour: number, base: number): number => {
  const at = new Date(hour * hourMs);
  const works = at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 8 && at.getUTCHours() < 18;
  return works ? Math.round(base * (1 + 0.1 * Math.sin(hour))) : 0;
};

const weeks = (count: number, of: (hour: number) => number, until = thisHour): Map<number, number> => {
  const hours = new Map<number, number>();
  for (let hour = thisHour - count * 168; hour < until; hour += 1) if (of(hour) > 0) hours.set(hour, of(hour));
  return hours;
};
const lastOf = (hours: Map<number, number>): number => Math.max(...hours.keys()) * hourMs + hourMs / 2;
const judge = (hours: Map<number, number>, at = now) => judgeVolume(hours, lastOf(hours), at);

describe('The volume of a source', () => {
  it('is not judged before anything came, nor in its first two weeks', () => {
    expect(judgeVolume(new Map(), null, now).status).toBe('no-data');
    expect(judge(weeks(1, () => 100))).toMatchObject({ status: 'learning', detail: expect.stringContaining('7 days') });
  });

  it('is usual while it goes on as before, through nights and weekends', () => {
    for (let hour = 0; hour < 168; hour += 1) {
      const at = now + hour * hourMs;
      const hours = weeks(4, (each) => office(each, 200), Math.floor(at / hourMs));
      expect([hour, judgeVolume(hours, lastOf(hours), at).status]).toEqual([hour, 'usual']);
    }
  });

  it('is silent within an hour or two where a lot should come, and says since when', () => {
    const hours = weeks(4, (hour) => office(hour, 200), thisHour - 1);
    expect(judge(hours)).toMatchObject({ status: 'silent', sinceMs: lastOf(hours) });
    expect(judge(hours).detail).toMatch(/at least \d+ came/);
  });

  it('is silent, for a source that sends seldom, only after twice its longest gap', () => {
    // Two events a day, at 9.
    const seldom = (until: number) => weeks(4, (hour) => (hour % 24 === 9 ? 2 : 0), until);
    expect(judge(seldom(thisHour - 24)).status).toBe('usual');
    expect(judge(seldom(thisHour - 72))).toMatchObject({ status: 'silent' });
  });

  it('is low or high when it leaves its band by more than its own noise', () => {
    const from = thisHour - 4;
    const changed = (factor: number) => weeks(4, (hour) => office(hour, hour >= from ? 200 * factor : 200));
    expect(judge(changed(0.2))).toMatchObject({ status: 'low', sinceMs: (thisHour - 3) * hourMs });
    expect(judge(changed(0.9)).status).toBe('usual');
    expect(judge(changed(1.6)).status).toBe('usual');
    expect(judge(changed(3)).status).toBe('high');
    expect(judge(changed(0.2)).detail).toMatch(/^\d+ events in 3 hours; usual there: \d+ to \d+\.$/);
  });

  it('is low by the day where single hours have too few to tell', () => {
    const thin = weeks(4, (hour) => (hour >= thisHour - 24 ? 0 : 3));
    thin.set(thisHour - 1, 1);
    expect(judge(thin)).toMatchObject({ status: 'low' });
  });

  it('has a band for an hour once that hour was seen in two weeks', () => {
    const hours = weeks(4, (hour) => office(hour, 200));
    expect(bandOfHour(hours, thisHour)).toMatchObject({ middle: expect.closeTo(200, -2) });
    expect(
      bandOfHour(
        weeks(1, () => 100),
        thisHour,
      ),
    ).toBeUndefined();
  });
});

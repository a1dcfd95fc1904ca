import { addBusinessTime, businessDaysBetween, businessTimeBetween } from './business-days';
import { addMonths, dayFromIso, isoFromDay, weekday } from './day';
import { dayStart, zonedDay } from './zoned-day';

const utc = { timeZone: 'UTC', holidays: new Set<number>() };
const at = (iso: string) => Date.parse(iso);
const text = (instant: number) => new Date(instant).toISOString();

describe('business time', () => {
  it('counts Monday to Friday without holidays', () => {
    const [monday, nextMonday] = [dayFromIso('2026-03-02'), dayFromIso('2026-03-09')];
    expect(businessDaysBetween(monday, nextMonday, new Set())).toBe(5);
    expect(businessDaysBetween(monday, nextMonday, new Set([monday + 1]))).toBe(4);
  });

  it('passes over weekends to the millisecond', () => {
    expect(text(addBusinessTime(at('2026-03-05T15:30:00Z'), 2, utc))).toBe('2026-03-09T15:30:00.000Z');
    expect(text(addBusinessTime(at('2026-03-07T15:30:00Z'), 1, utc))).toBe('2026-03-10T00:00:00.000Z');
  });

  it('measures what it adds, across a change of the clocks too', () => {
    const berlin = { timeZone: 'Europe/Berlin', holidays: new Set<number>() };
    const from = at('2026-03-26T09:00:00Z');
    expect(businessTimeBetween(from, addBusinessTime(from, 7.5, berlin), berlin)).toBeCloseTo(7.5, 9);
  });
});

describe('days', () => {
  it('belong to a time zone', () => {
    const late = at('2026-03-04T23:30:00Z');
    expect([isoFromDay(zonedDay(late, 'UTC')), isoFromDay(zonedDay(late, 'Asia/Tokyo'))]).toEqual([
      '2026-03-04',
      '2026-03-05',
    ]);
    expect(text(dayStart(dayFromIso('2026-03-30'), 'Europe/Berlin'))).toBe('2026-03-29T22:00:00.000Z');
    expect(text(dayStart(dayFromIso('2026-03-29'), 'Europe/Berlin'))).toBe('2026-03-28T23:00:00.000Z');
  });

  it('fall back to UTC for a zone that does not exist', () => {
    expect(zonedDay(at('2026-03-04T23:30:00Z'), 'Mars/Base')).toBe(dayFromIso('2026-03-04'));
  });

  it('know their weekday and add months to the last day of a shorter one', () => {
    expect(weekday(dayFromIso('2026-03-04'))).toBe(3);
    expect(isoFromDay(addMonths(dayFromIso('2026-01-31'), 1))).toBe('2026-02-28');
  });
});

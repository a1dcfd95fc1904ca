import { addDays, ago, day, dayIn, daysAway, daysBetween, instant, month, morningOf } from './dates';

describe('days', () => {
  it('are never moved by a time zone', () => {
    expect(day('2026-03-12', 'America/Los_Angeles')).toBe('12 Mar 2026');
    expect(day(null)).toBe('–');
  });

  it('of an instant depend on the zone', () => {
    expect(dayIn(new Date('2026-03-12T02:00:00Z'), 'America/Los_Angeles')).toBe('2026-03-11');
    expect(day('2026-03-12T02:00:00Z', 'America/Los_Angeles')).toBe('11 Mar 2026');
  });

  it('are counted across a change of clocks', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(addDays('2026-02-27', 2)).toBe('2026-03-01');
  });

  it('read as a distance', () => {
    expect([daysAway(0), daysAway(1), daysAway(42), daysAway(-3)]).toEqual([
      'today',
      'in 1 day',
      'in 42 days',
      '3 days ago',
    ]);
  });
});

describe('instants', () => {
  const now = new Date('2026-03-12T12:00:00Z');

  it('are shown in the zone of the tenant', () => {
    expect(instant('2026-03-12T12:00:00Z', 'Europe/Berlin')).toBe('12 Mar 2026, 13:00');
  });

  it('fade from seconds to a date', () => {
    expect(ago('2026-03-12T11:59:40Z', now)).toBe('just now');
    expect(ago('2026-03-12T11:30:00Z', now)).toBe('30 min ago');
    expect(ago('2026-03-12T02:00:00Z', now)).toBe('10 h ago');
    expect(ago('2026-03-09T12:00:00Z', now)).toBe('3 days ago');
    expect(ago('2025-11-01T12:00:00Z', now)).toBe('1 Nov 2025');
    expect(ago(null, now)).toBe('never');
  });

  it('of a morning follow the zone, summer and winter', () => {
    expect(morningOf('2026-01-05', 'America/New_York')).toBe('2026-01-05T13:00:00.000Z');
    expect(morningOf('2026-07-06', 'America/New_York')).toBe('2026-07-06T12:00:00.000Z');
    expect(morningOf('2026-07-06', 'Asia/Kolkata')).toBe('2026-07-06T02:30:00.000Z');
  });
});

it('months have a name', () => {
  expect(month('2026-03')).toBe('Mar 2026');
  expect(month('2026-09-14')).toBe('Sep 2026');
});

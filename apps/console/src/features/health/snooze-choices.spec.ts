import { snoozeBody, snoozeDays } from './snooze-choices';

describe('snooze', () => {
  it('offers days of the zone, not of UTC', () => {
    const late = new Date('2026-03-12T02:00:00Z'); // still Wednesday 11 March in Los Angeles
    expect(snoozeDays(late, 'America/Los_Angeles')).toEqual([
      { label: 'Tomorrow', day: '2026-03-12' },
      { label: 'Next Monday', day: '2026-03-16' },
      { label: 'In two weeks', day: '2026-03-25' },
      { label: 'In a month', day: '2026-04-10' },
    ]);
  });

  it('never calls tomorrow the next Monday', () => {
    expect(snoozeDays(new Date('2026-03-15T12:00:00Z'), 'UTC')[1]?.day).toBe('2026-03-23');
    expect(snoozeDays(new Date('2026-03-16T12:00:00Z'), 'UTC')[1]?.day).toBe('2026-03-23');
  });

  it('ends in the morning, or when it gets worse', () => {
    expect(snoozeBody({ until: '2026-03-16' }, 'Europe/Berlin')).toEqual({ until: '2026-03-16T07:00:00.000Z' });
    expect(snoozeBody({ untilWorse: true }, 'UTC')).toEqual({ untilWorse: true });
  });
});

import { change, evidenceFacts } from './evidence';

describe('evidence', () => {
  it('says now, usual, threshold and window', () => {
    const line = {
      label: 'Active users',
      value: 8,
      baseline: 23.44,
      threshold: 16.4,
      unit: 'users',
      window: '14 days',
    };
    expect(evidenceFacts(line)).toEqual({
      now: '8 users',
      facts: ['usually 23.4 users', 'threshold 16.4 users', '14 days'],
    });
  });

  it('leaves out what is not known', () => {
    expect(evidenceFacts({ label: 'Left', value: 'Dana Cole', baseline: null })).toEqual({
      now: 'Dana Cole',
      facts: [],
    });
    expect(evidenceFacts({ label: 'Quiet', value: null })).toEqual({ now: null, facts: [] });
  });

  it('keeps the percent sign with its number', () => {
    expect(evidenceFacts({ label: 'Seats', value: 41.5, unit: '%' }).now).toBe('41.5\u202f%');
  });

  it('gives the change against a usual that is above zero', () => {
    expect(change({ label: 'x', value: 8, baseline: 16 })).toBe(-0.5);
    expect(change({ label: 'x', value: 8, baseline: 0 })).toBeNull();
    expect(change({ label: 'x', value: 'left', baseline: 4 })).toBeNull();
  });
});

import { alertPrecision, wilson } from './precision';

describe('the precision of a signal', () => {
  it('has Wilson’s interval', () => {
    // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
    const some = wilson(81, 263, 1.959964);
    expect(some.low).toBeCloseTo(0.2553, 4);
    expect(some.high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 20, 1.959964).low).toBe(0);
    expect(wilson(0, 20, 1.959964).high).toBeCloseTo(0.1611, 4);
    expect(wilson(0, 0)).toEqual({ hits: 0, n: 0, share: null, low: null, high: null });
  });

  it('counts what was useful or came true, of what can be judged', () => {
    const open = { badOutcome: false, matured: false };
    const share = alertPrecision([
      { ...open, feedback: 'useful' },
      { ...open, feedback: 'not-useful' },
      { ...open, feedback: 'too-early' },
      { ...open, feedback: null },
      { badOutcome: true, matured: true, feedback: 'not-useful' },
      { badOutcome: false, matured: true, feedback: null },
    ]);
    expect([share.hits, share.n]).toEqual([2, 4]);
  });
});

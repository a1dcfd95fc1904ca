import { severity } from './severity';

const usual = { daysToDecision: 200, arrInTopDecile: false, coverage: 0.9 };

describe('severity', () => {
  it.each([
    ['the base level', {}, 'medium', 'Base level medium.'],
    [
      '+1 near the decision',
      { daysToDecision: 119 },
      'high',
      'Base level medium; +1: the decision date is 119 days away.',
    ],
    ['nothing at 120 days', { daysToDecision: 120 }, 'medium', 'Base level medium.'],
    ['nothing without a decision date', { daysToDecision: null }, 'medium', 'Base level medium.'],
    [
      '+1 for a large customer',
      { arrInTopDecile: true },
      'high',
      'Base level medium; +1: ARR among the top tenth of the customers.',
    ],
    ['−1 for thin data', { coverage: 0.59 }, 'low', 'Base level medium; −1: only 59 % of the data is there.'],
    [
      'the sum',
      { daysToDecision: 30, arrInTopDecile: true, step: 1 as const },
      'critical',
      expect.stringContaining('30 days away'),
    ],
  ])('is %s', (_, context, level, reason) => {
    expect(severity('medium', { ...usual, ...context })).toEqual({ severity: level, reason });
  });

  it('stays within its scale', () => {
    expect(severity('critical', { ...usual, daysToDecision: 1 }).severity).toBe('critical');
    expect(severity('info', { ...usual, coverage: 0 }).severity).toBe('info');
  });
});

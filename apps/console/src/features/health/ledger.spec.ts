import type { Ledger } from '../../api/types';
import { ledgerSentence, signed, waterfall } from './ledger';

const end = (score: number | null) => ({ asOf: '2026-06-10T12:00:00.000Z', score, modelVersion: 'default-1.ab' });
const ledger = (points: Partial<Record<string, number>>, from: number | null, to: number | null): Ledger => ({
  from: end(from),
  to: end(to),
  difference: (to ?? 0) - (from ?? 0),
  parts: (['behaviour', 'time', 'late-data', 'model', 'override'] as const).map((cause) => ({
    cause,
    points: points[cause] ?? 0,
    lines: [],
  })),
});

describe('the ledger as a picture and a sentence', () => {
  const fell = ledger({ behaviour: -14, time: 1.6 }, 70, 57.6);

  it('goes from one score to the other', () => {
    expect(waterfall(fell, ['1 May', 'Today'])).toEqual([
      { name: '1 May', base: 0, size: 70, kind: 'end' },
      { name: 'What they did', base: 56, size: 14, kind: 'down' },
      { name: 'Passing of time', base: 56, size: 1.6, kind: 'up' },
      { name: 'Today', base: 0, size: 57.6, kind: 'end' },
    ]);
  });

  it('says what gave how much', () => {
    expect(ledgerSentence(fell)).toBe('Down 12.4 points: what they did −14, passing of time +1.6.');
    expect(ledgerSentence(ledger({}, 70, 70))).toBe('The score is the same.');
    expect(signed(0)).toBe('0');
  });
});

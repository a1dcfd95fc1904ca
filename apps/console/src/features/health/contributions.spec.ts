import fc from 'fast-check';
import { addUp, shares, sum } from './contributions';

describe('addUp', () => {
  it('gives the lost tenths to those that lost most', () => {
    expect(addUp([10.02, 20.06, 7.09], 37.2)).toEqual([10, 20.1, 7.1]);
  });

  it('always adds up to the score, and moves no part by a tenth or more', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -20, max: 40, noNaN: true }), { minLength: 1, maxLength: 8 }), (points) => {
        const score = Math.round(points.reduce((total, value) => total + value, 0) * 10) / 10;
        const shown = addUp(points, score);
        const total = shown.reduce((all, value) => all + value, 0);
        expect(total).toBeCloseTo(score, 6);
        shown.forEach((value, index) => expect(Math.abs(value - points[index]!)).toBeLessThanOrEqual(0.1 + 1e-6));
      }),
    );
  });
});

describe('shares', () => {
  const entry = (measure: string, points: number, maxPoints: number) => ({
    measure,
    points,
    maxPoints,
    value: null,
    reason: '',
    evidence: [],
  });

  it('puts what costs most first and caps last', () => {
    const list = shares([entry('support', 18, 20), entry('cap', -5, 0), entry('adoption', 5, 25)], 18);
    expect(list.map((share) => share.measure)).toEqual(['adoption', 'support', 'cap']);
  });
});

it('writes the sum out', () => {
  expect(sum([12.4, 20, -3], 29.4)).toBe('12.4 + 20 − 3 = 29.4');
});

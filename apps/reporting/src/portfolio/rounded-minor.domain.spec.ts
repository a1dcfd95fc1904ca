import { toMinor } from '@tenure/contracts';
import { roundedMinor } from './rounded-minor.domain';

it('is exact where the amount fits its currency, and rounded where it does not', () => {
  expect(roundedMinor(1_200.55, 'EUR')).toBe(toMinor(1_200.55, 'EUR'));
  expect(roundedMinor(1_200.55, 'JPY')).toBe(1_201);
  expect(roundedMinor(-0.001, 'USD')).toBe(0);
});

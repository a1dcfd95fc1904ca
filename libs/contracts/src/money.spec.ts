import fc from 'fast-check';
import { decimalsOf, fromMinor, isCurrency, minorDigits, roundedMinor, toMinor } from './index';

const currencies = ['JPY', 'EUR', 'KWD', 'CLF'] as const;

describe('money', () => {
  it.each([
    [12.5, 'EUR', 1250],
    ['12.50', 'EUR', 1250],
    [0.29, 'USD', 29],
    [1.005, 'KWD', 1005],
    [1e3, 'JPY', 1000],
    ['1e3', 'JPY', 1000],
    [-0.01, 'EUR', -1],
    [-0, 'EUR', 0],
    [4.35, 'EUR', 435],
  ])('%s %s is %s minor units', (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toBe(minor);
  });

  it.each([
    [0.1 + 0.7, 'CLF'],
    [1.2345, 'EUR'],
    [100.5, 'JPY'],
    [Number.NaN, 'EUR'],
    [1e-7, 'EUR'],
    ['twelve', 'EUR'],
    [1e14, 'EUR'],
  ])('refuses %s %s', (amount, currency) => {
    expect(() => toMinor(amount, currency)).toThrow(RangeError);
  });

  it('goes to major units and back without loss, for every amount of up to 15 digits', () => {
    const anyMinor = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 });
    fc.assert(
      fc.property(anyMinor, fc.constantFrom(...currencies), (minor, currency) => {
        const major = fromMinor(minor, currency);
        expect(toMinor(major, currency)).toBe(minor);
        expect(toMinor(JSON.parse(JSON.stringify(major)) as number, currency)).toBe(minor);
        expect(decimalsOf(major)).toBeLessThanOrEqual(minorDigits(currency));
      }),
    );
  });

  it('adds up in minor units as decimals do, where floats drift', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000_000 }), { maxLength: 50 }), (cents) => {
        const sum = cents.map((one) => toMinor(fromMinor(one, 'EUR'), 'EUR')).reduce((a, b) => a + b, 0);
        expect(sum).toBe(cents.reduce((a, b) => a + b, 0));
      }),
    );
  });

  it('takes minor units as a database gives them', () => {
    expect(fromMinor('1250', 'EUR')).toBe(12.5);
    expect(fromMinor(-5n, 'EUR')).toBe(-0.05);
    expect(fromMinor('7', 'JPY')).toBe(7);
    expect(() => fromMinor('12.5', 'EUR')).toThrow(RangeError);
    expect(() => fromMinor(1e15, 'EUR')).toThrow(RangeError);
  });

  it('knows the decimals of ISO 4217, not those of everyday prices', () => {
    expect([minorDigits('ISK'), minorDigits('HUF'), minorDigits('TND'), minorDigits('UYW')]).toEqual([0, 2, 3, 4]);
    expect(isCurrency('XXA')).toBe(false);
  });
});

it('is exact where the amount fits its currency, and rounded where it does not', () => {
  expect(roundedMinor(1_200.55, 'EUR')).toBe(toMinor(1_200.55, 'EUR'));
  expect(roundedMinor(1_200.55, 'JPY')).toBe(1_201);
  expect(roundedMinor(-0.001, 'USD')).toBe(0);
});

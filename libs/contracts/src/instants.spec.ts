import fc from 'fast-check';
import { isInstant } from './index';

describe('isInstant', () => {
  it.each(['2026-05-03T09:30:00Z', '2026-05-03t09:30:00.123456789z', '2024-02-29T23:59:59+05:45'])(
    'takes %s',
    (text) => {
      expect(isInstant(text)).toBe(true);
    },
  );

  it.each([
    '2026-05-03T09:30:00',
    '2026-05-03 09:30:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-05-03T24:00:00Z',
    '2026-06-30T23:59:60Z',
    '1026-05-03T09:30:00Z',
    '2026-05-03T09:30:00+25:00',
    '1777800000',
    '2026-05-03T09:30:00.Z',
    '2026-05-03T09:30:00.1234567890Z',
    '2026-05-03T09:30:00+05:4',
    '2026-05-03T09:30:00Zz',
    '20a6-05-03T09:30:00Z',
    '',
  ])('refuses %s', (text) => {
    expect(isInstant(text)).toBe(false);
  });

  it('takes every Date from 1900 on', () => {
    const between = {
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    };
    const property = fc.property(fc.date(between), (date) => isInstant(date.toISOString()));
    expect(() => fc.assert(property)).not.toThrow();
  });

  it('takes nothing that a Date cannot read', () => {
    const like = fc.stringMatching(/^20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d(\.\d{1,9})?(Z|[+-][01]\d:[0-6]\d)$/);
    const property = fc.property(like, (text) => !isInstant(text) || !Number.isNaN(Date.parse(text)));
    expect(() => fc.assert(property, { numRuns: 2000 })).not.toThrow();
  });
});

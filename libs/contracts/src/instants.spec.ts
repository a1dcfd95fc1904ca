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
    '',
  ])('refuses %s', (text) => {
    expect(isInstant(text)).toBe(false);
  });

  it('takes only what a Date can read, and every Date from 1900 on', () => {
    const between = {
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    };
    fc.assert(fc.property(fc.date(between), (date) => isInstant(date.toISOString())));
    fc.assert(
      fc.property(fc.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/), (text) => {
        if (isInstant(text)) expect(Date.parse(text)).not.toBeNaN();
      }),
    );
  });
});

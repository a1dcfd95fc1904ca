import fc from 'fast-check';

import { correctedTime, isoOf, knownTime, plausible, readInstant } from './instant.domain';

const received = Date.parse('2026-05-03T12:00:00Z');
const minute = 60_000;

describe('The time of an event', () => {
  it('is corrected by what the client thought the time was when it sent', () => {
    const original = received - 3_600_000 - 5 * minute;
    const sent = received - 3_600_000;
    expect(correctedTime({ original, sent }, received)).toBe(received - 5 * minute);
  });

  it.each<[string, unknown]>([
    ['none', undefined],
    ['no time', 'yesterday'],
    ['NaN', Number.NaN],
    ['1970', 0],
    ['1970 as text', '1970-01-01T00:00:00Z'],
    ['ten years ahead', '2036-05-03T12:00:00Z'],
    ['a day ahead', received + 24 * 60 * minute],
  ])('is that of receipt where the client sends %s', (_, timestamp) => {
    expect(correctedTime({ original: readInstant(timestamp), sent: undefined }, received)).toBe(received);
  });

  it('may be a little ahead, so that a fast clock keeps the order of its events', () => {
    expect(plausible(received + minute, received)).toBe(received + minute);
    expect(plausible(received + 6 * minute, received)).toBe(received);
  });

  it('is never in the far future nor before 2000, whatever is sent', () => {
    const times = fc.option(fc.double(), { nil: undefined });
    fc.assert(
      fc.property(times, times, (original, sent) => {
        const time = correctedTime({ original: readInstant(original), sent: readInstant(sent) }, received);
        expect(time).toBeGreaterThanOrEqual(Date.UTC(2000, 0, 1));
        expect(time).toBeLessThanOrEqual(received + 5 * minute);
      }),
    );
  });

  it('of knowledge is what an import states, else when it happened, and never later than now', () => {
    expect(knownTime('2026-01-02T00:00:00Z', 1_700_000_000_000, received)).toBe(Date.parse('2026-01-02T00:00:00Z'));
    expect(knownTime(undefined, 1_700_000_000_000, received)).toBe(1_700_000_000_000);
    expect(knownTime('2036-01-02T00:00:00Z', 1_700_000_000_000, received)).toBe(1_700_000_000_000);
  });
});

describe('isoOf', () => {
  it('writes what Date writes, fractions of a millisecond cut off', () => {
    const instants = fc.double({ min: Date.UTC(1900, 0, 1), max: Date.UTC(9999, 11, 31), noNaN: true });
    fc.assert(fc.property(instants, (ms) => expect(isoOf(ms)).toBe(new Date(ms).toISOString())));
    const near = fc.integer({ min: -130_000, max: 130_000 });
    fc.assert(fc.property(near, (ms) => expect(isoOf(ms)).toBe(new Date(ms).toISOString())));
  });
});

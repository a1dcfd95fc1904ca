import fc from 'fast-check';

import { bitmapOf, bitmapOrdinals } from './bitmap';
import { EventNames, namesIn, packed, unpacked } from './named-uses';

const use = fc.record({
  name: fc.integer({ min: 0, max: 300 }),
  events: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.maxSafeNat()),
  users: fc.uniqueArray(fc.integer({ min: 0, max: 2_000 }), { maxLength: 20 }).map(bitmapOf),
});

describe('packed uses', () => {
  it('are read as they were written, however large the numbers', () => {
    fc.assert(
      fc.property(fc.array(use), (uses) => {
        const text = packed(uses);
        const plain = (list: Iterable<(typeof uses)[number]>) =>
          [...list].map(({ name, events, users }) => [name, events, bitmapOrdinals(users)]);
        expect(plain(unpacked(text))).toEqual(plain(uses));
        expect([...namesIn(text)]).toEqual(uses.filter(({ events }) => events > 0).map(({ name }) => name));
      }),
      { numRuns: 500 },
    );
  });

  it('name each name once', () => {
    const names = new EventNames();
    expect([names.numberOf('a'), names.numberOf('b'), names.numberOf('a')]).toEqual([0, 1, 0]);
    expect(names.nameOf(1)).toBe('b');
  });
});

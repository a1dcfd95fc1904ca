import fc from 'fast-check';
import { Problem } from '../errors/problem';
import { decodeCursor, encodeCursor, pageOf } from './cursor';

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));

describe('a cursor', () => {
  it('gives back what went in, and needs no escaping in an address', () => {
    fc.assert(
      fc.property(fc.array(scalar), (values) => {
        const text = encodeCursor(values);
        expect(encodeURIComponent(text)).toBe(text);
        expect(decodeCursor(text, values.length)).toEqual(values);
      }),
    );
  });

  it('is refused when it is not one of this list', () => {
    for (const text of ['x', encodeCursor(['a']), Buffer.from('[{"a":1},2]').toString('base64url'), 'bnVsbA']) {
      expect(() => decodeCursor(text, 2)).toThrow(Problem);
    }
  });

  it('may be absent', () => {
    expect(decodeCursor(undefined)).toBeUndefined();
    expect(decodeCursor('')).toBeUndefined();
  });
});

describe('a page', () => {
  const rows = [1, 2, 3].map((id) => ({ id }));

  it('ends with a cursor to its last row when there is more', () => {
    expect(pageOf(rows, 2, (row) => [row.id])).toEqual({
      items: [{ id: 1 }, { id: 2 }],
      nextCursor: encodeCursor([2]),
    });
  });

  it('has none when it is the last one', () => {
    expect(pageOf(rows, 3, (row) => [row.id]).nextCursor).toBeNull();
    expect(pageOf([], 3, () => [])).toEqual({ items: [], nextCursor: null });
  });
});

import { laidOut, readText, sameJson } from './mapping-text';

describe('A text of JSON', () => {
  it('is read, or says where it ends to be JSON', () => {
    expect(readText('{"a": 1}')).toEqual({ ok: true, value: { a: 1 } });
    expect(readText(' ')).toMatchObject({ ok: false, problem: 'There is nothing here yet.' });
    expect(readText('{\n  "a": 1,\n  "b" 2\n}')).toMatchObject({
      ok: false,
      problem: expect.stringContaining('line 3'),
    });
  });

  it('is the same whatever its blanks are', () => {
    expect(sameJson(laidOut({ a: [1] }), '{"a":[1]}')).toBe(true);
    expect(sameJson('{"a":1}', '{"a":2}')).toBe(false);
    expect(sameJson('{', '{')).toBe(true);
  });
});

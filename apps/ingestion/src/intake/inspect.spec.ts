import { keptBody, parseDocument } from './document.domain';
import { inspect } from './inspect.domain';

const nested = (levels: number): unknown => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));

describe('Inspection of an item', () => {
  it('lets an ordinary one pass', () => {
    expect(inspect({ event: 'e', properties: { a: [1, 2, { b: null }] } }, true)).toBeUndefined();
  });

  it('counts bytes, not characters', () => {
    expect(inspect({ a: 'ü'.repeat(17_000) }, true)).toMatchObject({ code: 'too-large' });
    expect(inspect({ a: 'u'.repeat(17_000) }, true)).toBeUndefined();
    expect(inspect({ a: 'u'.repeat(33_000) }, true)).toMatchObject({ code: 'too-large' });
  });

  it.each([31, 1_000, 50_000])('refuses %d levels without running out of stack', (levels) => {
    expect(inspect(nested(levels), true)).toMatchObject({ code: 'too-deep' });
    expect(() => keptBody(nested(levels), true)).not.toThrow();
  });

  it('takes 30 levels', () => {
    expect(inspect(nested(30), true)).toBeUndefined();
  });

  it('keeps as text what a database could not keep as JSON', () => {
    const document = parseDocument(Buffer.from('{"a":"\\u0000"}'));
    expect(document?.suspicious).toBe(true);
    expect(keptBody(document?.value, true)).toBe('{"a":"\\u0000"}');
  });
});

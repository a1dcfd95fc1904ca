import { bytesAsText, isLetterId } from './letter.domain';

describe('What stands in a dead letter', () => {
  it.each([
    ['{"a":1}', '{\n  "a": 1\n}'],
    ['acme:1', 'acme:1'],
    ['x\u001b[2Jy\nz', 'x [2Jy\nz'],
    ['{"a":"\u001b"}', '{"a":" "}'],
  ])('is shown as text: %j', (text, shown) => {
    expect(bytesAsText(Buffer.from(text))).toBe(shown);
  });

  it('is shown as base64 where it is no text', () => {
    expect(bytesAsText(Buffer.from([0xff, 0xfe]))).toBe('base64://4=');
    expect(bytesAsText(null)).toBe('(none)');
  });

  it('is named by a uuid', () => {
    expect(isLetterId('0b1f0a52-7f0b-4a2e-9c1a-0d6f8f0d2b11')).toBe(true);
    expect(isLetterId("1' or true")).toBe(false);
  });
});

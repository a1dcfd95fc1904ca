import { formatKey, keyPrefix, looksLikeKey } from './api-key.domain';

const secret = 'A'.repeat(43);

describe('An API key', () => {
  it('is tnr, its id and its secret', () => {
    expect(formatKey('abc123def456', secret)).toBe(`tnr_abc123def456_${secret}`);
    expect(keyPrefix('abc123def456')).toBe('tnr_abc123def456');
  });

  it('may have underscores in its secret', () => {
    expect(looksLikeKey(`tnr_abc123def456_${'_'.repeat(43)}`)).toBe(true);
  });

  it.each(['', 'tnr_', 'demo-api-key', `tnr_ABC123def456_${secret}`, `tnr_abc123def456_${secret}A`])(
    'is not %j',
    (text) => {
      expect(looksLikeKey(text)).toBe(false);
    },
  );

  it('is never built from parts that do not fit', () => {
    expect(() => formatKey('short', secret)).toThrow('twelve');
  });
});

import { typesSentence } from './property-sentence';

const seen = (type: 'number' | 'string' | 'null', firstAt: string, lastAt: string) => ({
  type,
  firstAt,
  lastAt,
  seen: 1,
});

it('a property says how its type changed', () => {
  const before = seen('number', '2026-04-01T00:00:00Z', '2026-05-03T10:00:00Z');
  expect(typesSentence([seen('null', '2026-01-01T00:00:00Z', '2026-05-05T00:00:00Z'), before], 'UTC')).toBe('number');
  expect(typesSentence([seen('string', '2026-05-04T00:00:00Z', '2026-05-05T00:00:00Z'), before], 'UTC')).toBe(
    'number until 3 May 2026, string since 4 May 2026',
  );
  expect(typesSentence([before, seen('string', '2026-05-01T00:00:00Z', '2026-05-05T00:00:00Z')], 'UTC')).toBe(
    'number and string',
  );
  expect(typesSentence([seen('null', '2026-01-01T00:00:00Z', '2026-05-05T00:00:00Z')], 'UTC')).toBe('always null');
});

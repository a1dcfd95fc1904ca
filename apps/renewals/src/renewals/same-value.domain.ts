/** Deep equality of JSON values; absent and undefined are the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const of = (value: object, name: string): unknown => (value as Record<string, unknown>)[name];
  return [...names].every((name) => sameValue(of(a, name), of(b, name)));
}

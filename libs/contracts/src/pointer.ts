/** A field's name as one step of a JSON pointer (RFC 6901). */
export const step = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const plain = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** A pointer as a sentence says it: /lines/0/arr is lines[0].arr, the empty one is the event. */
export function spoken(pointer: string): string {
  if (pointer === '') return 'the event';
  const parts = pointer.slice(1).split('/').map(plain);
  return parts.map((part, at) => (/^\d+$/.test(part) ? `[${part}]` : `${at ? '.' : ''}${part}`)).join('');
}

/** The names that a JSON pointer goes through; the empty pointer is the whole document. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** One step of a pointer to this name. */
export const step = (name: string | number): string => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Whether a text is a JSON pointer (RFC 6901). */
export const isPointer = (text: string): boolean => text === '' || /^(\/([^~/]|~[01])*)+$/.test(text);

function child(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(name) ? (value[Number(name)] as unknown) : undefined;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** The value that a pointer leads to; undefined where it leads nowhere. A step `*` goes through a whole list. */
export function atPointer(document: unknown, pointer: string): unknown {
  return follow(document, stepsOf(pointer));
}

function follow(value: unknown, steps: readonly string[]): unknown {
  const [name, ...rest] = steps;
  if (name === undefined) return value;
  if (name !== '*') return follow(child(value, name), rest);
  if (!Array.isArray(value)) return undefined;
  return value.map((each) => follow(each, rest)).filter((each) => each !== undefined && each !== null);
}

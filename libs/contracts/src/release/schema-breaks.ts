import type { JsonSchema } from './release';

/** Who would be hurt: senders by a narrower input, subscribers by a wider output. */
export type Direction = 'input' | 'output';

const upperBounds = ['maximum', 'maxLength', 'maxItems', 'maxProperties'];
const lowerBounds = ['minimum', 'minLength', 'minItems', 'minProperties'];
const forms = ['pattern', 'format', 'propertyNames', 'const'];
const prose = ['$schema', 'title', 'description', '$comment', 'examples'];
const judged = new Set([
  ...upperBounds,
  ...lowerBounds,
  ...forms,
  ...prose,
  'type',
  'enum',
  'properties',
  'required',
  'items',
  'additionalProperties',
]);

const schemaOf = (value: unknown): JsonSchema =>
  (typeof value === 'object' && value !== null ? value : {}) as JsonSchema;
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const missing = (from: readonly unknown[], among: readonly unknown[]) => from.filter((one) => !among.includes(one));

function typeBreaks(before: JsonSchema, after: JsonSchema, direction: Direction): string[] {
  const [old, now] = [listOf(before['type']), listOf(after['type'])];
  const narrowed = now.length > 0 && (old.length === 0 || missing(old, now).length > 0);
  const widened = old.length > 0 && (now.length === 0 || missing(now, old).length > 0);
  if (narrowed) return [`narrows its type from ${old.join('|') || 'any'} to ${now.join('|')}`];
  if (widened && direction === 'output') return [`widens its type from ${old.join('|')} to ${now.join('|') || 'any'}`];
  return [];
}

function enumBreaks(before: JsonSchema, after: JsonSchema, direction: Direction): string[] {
  if (!after['enum'])
    return before['enum'] && direction === 'output' ? ['is no longer limited to a list of words'] : [];
  if (!before['enum']) return ['is limited to a list of words'];
  return missing(listOf(before['enum']), listOf(after['enum'])).map((word) => `no longer allows ${String(word)}`);
}

function boundBreaks(before: JsonSchema, after: JsonSchema): string[] {
  const value = (schema: JsonSchema, name: string, absent: number) => (schema[name] as number | undefined) ?? absent;
  return [
    ...upperBounds.filter((name) => value(after, name, Infinity) < value(before, name, Infinity)),
    ...lowerBounds.filter((name) => value(after, name, -Infinity) > value(before, name, -Infinity)),
    ...forms.filter((name) => after[name] !== undefined && !same(after[name], before[name])),
  ].map((name) => `narrows ${name}`);
}

function unjudgedBreaks(before: JsonSchema, after: JsonSchema): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => !judged.has(name) && !same(before[name], after[name]));
  return changed.map((name) => `changes ${name}, which cannot be judged`);
}

function requiredBreaks(before: JsonSchema, after: JsonSchema, direction: Direction): string[] {
  const [old, now] = [listOf(before['required']), listOf(after['required'])];
  const added = missing(now, old).map((name) => `requires ${String(name)}`);
  const dropped = missing(old, now).map((name) => `no longer promises ${String(name)}`);
  return direction === 'output' ? [...added, ...dropped] : added;
}

function insideBreaks(before: JsonSchema, after: JsonSchema, direction: Direction, at: string): string[] {
  const [old, now] = [schemaOf(before['properties']), schemaOf(after['properties'])];
  const fields = Object.keys(old).flatMap((name) =>
    name in now
      ? schemaBreaks(schemaOf(old[name]), schemaOf(now[name]), direction, `${at}/${name}`)
      : [`${at}/${name}: is removed`],
  );
  const items = schemaBreaks(schemaOf(before['items']), schemaOf(after['items']), direction, `${at}/*`);
  const extra = after['additionalProperties'];
  if (extra === false && before['additionalProperties'] !== false) {
    return [...fields, ...items, `${at || '/'}: no longer takes extra fields`];
  }
  const others = schemaBreaks(schemaOf(before['additionalProperties']), schemaOf(extra), direction, `${at}/*`);
  return [...fields, ...items, ...others];
}

/**
 * What a later schema would break for those who hold the earlier one: one sentence each, empty where nothing.
 * Optional fields and new words of a list may come; in input also whatever takes more than before.
 */
export function schemaBreaks(before: JsonSchema, after: JsonSchema, direction: Direction, at = ''): string[] {
  if (same(before, after)) return [];
  const here = [
    ...typeBreaks(before, after, direction),
    ...enumBreaks(before, after, direction),
    ...boundBreaks(before, after),
    ...requiredBreaks(before, after, direction),
    ...unjudgedBreaks(before, after),
  ];
  return [...here.map((what) => `${at || '/'}: ${what}`), ...insideBreaks(before, after, direction, at)];
}

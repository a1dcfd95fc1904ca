import { holds } from './condition.domain';
import { convert, majorUnits, movedDay } from './convert.domain';
import type { Detailed, Expression, Json } from './mapping.domain';
import { step } from './pointer.domain';
import { locate, refuse, type Scope } from './scope.domain';

/** The value of an expression; undefined: there is none. `target` is the field it is for, as a pointer into `data`. */
export function evaluate(expression: Expression, scope: Scope, target: string): unknown {
  const detailed = typeof expression === 'string' ? { path: expression } : expression;
  if (!holds(detailed.when, scope)) return detailed.else;
  const value = finished(originOf(detailed, scope, target), detailed, scope, target);
  return value ?? (detailed.else === undefined ? value : detailed.else);
}

function originOf(detailed: Detailed, scope: Scope, target: string): unknown {
  if (detailed.path !== undefined) {
    const { value, at } = locate(scope, detailed.path);
    if (at !== undefined) scope.findings.origins.set(target, at);
    return value;
  }
  if (detailed.text !== undefined) return filled(detailed.text, scope);
  if (detailed.first) return firstOf(detailed.first, scope, target);
  if (detailed.list) return known(detailed.list.map((each, at) => evaluate(each, scope, target + step(at))));
  if (detailed.object) return objectOf(detailed.object, scope, target);
  if (detailed.times) return productOf(detailed.times, scope, target);
  return detailed.value;
}

/** Every field of an object that has a value; no object at all where none has. */
export function objectOf(fields: Readonly<Record<string, Expression>>, scope: Scope, target: string) {
  const entries = Object.entries(fields)
    .map(([name, each]) => [name, evaluate(each, scope, target + step(name))] as const)
    .filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function firstOf(expressions: readonly Expression[], scope: Scope, target: string): unknown {
  let fallback: unknown;
  for (const each of expressions) {
    const value = evaluate(each, scope, target);
    if (value !== undefined && value !== null) return value;
    if (value === null) fallback = null;
  }
  return fallback;
}

function productOf(factors: readonly Expression[], scope: Scope, target: string): number | undefined {
  const numbers = factors.map((each) => convert(evaluate(each, scope, target), 'number'));
  if (!numbers.every((each) => typeof each === 'number')) return undefined;
  return numbers.reduce((product, each) => product * each, 1);
}

function filled(template: string, scope: Scope): string | undefined {
  let missing = false;
  const text = template.replaceAll(/\{([^{}]*)\}/g, (_, path: string) => {
    const found = convert(locate(scope, path).value, 'text');
    missing ||= typeof found !== 'string' || found === '';
    return typeof found === 'string' ? found : '';
  });
  return missing ? undefined : text;
}

const known = (values: readonly unknown[]): unknown[] => values.filter((each) => each !== undefined && each !== null);

/** The steps after the origin, in the order that `Detailed` names them. */
function finished(origin: unknown, detailed: Detailed, scope: Scope, target: string): unknown {
  let value = detailed.where ? entryWhere(origin, detailed, scope) : origin;
  if (detailed.to !== undefined) value = entriesTo(value, detailed.to, scope, target);
  if (value === undefined || value === null) return value;
  if (detailed.table) value = translated(value, detailed, detailed.table, scope, target);
  if (detailed.as) value = convert(value, detailed.as);
  if (detailed.as === 'major') value = inMajor(value, detailed, scope, target);
  if (detailed.plus && typeof value === 'string') value = movedDay(value, detailed.plus);
  if (detailed.max !== undefined && typeof value === 'string') value = cut(value, detailed.max);
  return value === '' ? null : value;
}

function entryWhere(value: unknown, { where }: Detailed, scope: Scope): unknown {
  if (!Array.isArray(value)) return undefined;
  return value.find((entry: unknown) => holds(where, { ...scope, here: entry }));
}

function entriesTo(value: unknown, to: Expression, scope: Scope, target: string): unknown {
  if (value === undefined || value === null) return value;
  const at = scope.findings.origins.get(target) ?? scope.hereAt;
  if (!Array.isArray(value)) return evaluate(to, { ...scope, here: value, hereAt: at }, target);
  return known(
    value.map((here: unknown, index) =>
      evaluate(to, { ...scope, here, hereAt: at + step(index) }, target + step(index)),
    ),
  );
}

function translated(
  value: unknown,
  { miss = 'reject' }: Detailed,
  table: Readonly<Record<string, Json>>,
  scope: Scope,
  target: string,
): unknown {
  const text = convert(value, 'text');
  const word = typeof text === 'string' ? text : '';
  const key = Object.keys(table).find((each) => each.toLowerCase() === word.toLowerCase());
  if (key !== undefined) return table[key];
  if (miss === 'keep') return value;
  if (miss === 'omit') return undefined;
  const pointer = scope.findings.origins.get(target) ?? '';
  const shown = word.length > 60 ? `a text of ${word.length} characters` : `"${word}"`;
  return refuse(scope, {
    code: 'not-in-table',
    pointer,
    detail: `The mapping's table for ${target.slice(1)} has no ${shown}. Add the word to the mapping of this source.`,
  });
}

function inMajor(value: unknown, { currency }: Detailed, scope: Scope, target: string): unknown {
  if (typeof value !== 'number') return undefined;
  return majorUnits(value, currency === undefined ? undefined : evaluate(currency, scope, `${target}/currency`));
}

/** Never between the halves of a surrogate pair. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

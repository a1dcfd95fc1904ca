import { checkConditions } from './check-condition.domain';
import { type Faults, type Fields, isFields } from './faults.domain';
import { conversions } from './mapping.domain';
import { isPointer, step } from './pointer.domain';

const origins = ['path', 'value', 'text', 'first', 'list', 'object', 'times'];
const steps = ['where', 'to', 'table', 'miss', 'as', 'currency', 'plus', 'max', 'when', 'else'];
const deepest = 8;

/** @param words where the field takes only these, what the mapping puts in by itself has to be one of them */
export function checkExpression(
  value: unknown,
  at: string,
  faults: Faults,
  words?: readonly unknown[],
  depth = 0,
): void {
  if (typeof value === 'string') return faults.path(value, at);
  if (!isFields(value)) return faults.add(at, 'wrong-type', 'This is a path, or an object with path, value, first, ….');
  if (depth > deepest) return faults.add(at, 'too-deep', `Expressions may be nested ${deepest} levels deep.`);
  faults.onlyKnows(value, [...origins, ...steps], at);
  const said = origins.filter((name) => value[name] !== undefined);
  if (said.length !== 1) faults.add(at, 'wrong-value', `An expression has exactly one of ${origins.join(', ')}.`);
  checkOrigin(value, at, faults, words, depth);
  checkSteps(value, at, faults, words, depth);
}

function checkOrigin(
  value: Fields,
  at: string,
  faults: Faults,
  words: readonly unknown[] | undefined,
  depth: number,
): void {
  if (value['path'] !== undefined) faults.path(value['path'], `${at}/path`);
  if (value['value'] !== undefined && value['to'] === undefined)
    checkWord(value['value'], `${at}/value`, faults, words);
  if (value['text'] !== undefined) checkTemplate(value['text'], `${at}/text`, faults);
  const object = value['object'];
  if (object !== undefined) {
    if (!isFields(object)) faults.add(`${at}/object`, 'wrong-type', 'object is an object of fields.');
    else {
      for (const [name, each] of Object.entries(object)) {
        checkExpression(each, `${at}/object${step(name)}`, faults, undefined, depth + 1);
      }
    }
  }
  for (const name of ['first', 'list', 'times']) {
    if (value[name] === undefined) continue;
    const inner = name === 'first' ? words : undefined;
    faults.each(value[name], `${at}/${name}`, 50, (each, here) =>
      checkExpression(each, here, faults, inner, depth + 1),
    );
  }
}

function checkTemplate(value: unknown, at: string, faults: Faults): void {
  faults.text(value, at, 500);
  if (typeof value !== 'string') return;
  for (const [, path = ''] of value.matchAll(/\{([^{}]*)\}/g)) {
    if (!isPointer(path.replace(/^[$@]/, ''))) faults.add(at, 'wrong-format', `{${path}} is not a path.`);
  }
}

function checkSteps(
  value: Fields,
  at: string,
  faults: Faults,
  words: readonly unknown[] | undefined,
  depth: number,
): void {
  checkConditions(value['when'], `${at}/when`, faults);
  checkConditions(value['where'], `${at}/where`, faults);
  if (value['to'] !== undefined) checkExpression(value['to'], `${at}/to`, faults, undefined, depth + 1);
  if (value['currency'] !== undefined) {
    checkExpression(value['currency'], `${at}/currency`, faults, undefined, depth + 1);
  }
  if (value['else'] !== undefined) checkWord(value['else'], `${at}/else`, faults, words);
  checkTable(value['table'], `${at}/table`, faults, words);
  checkOptions(value, at, faults);
}

function checkTable(table: unknown, at: string, faults: Faults, words: readonly unknown[] | undefined): void {
  if (table === undefined) return;
  if (!isFields(table)) return faults.add(at, 'wrong-type', 'A table is an object: the vendor’s word → ours.');
  if (Object.keys(table).length > 1_000) faults.add(at, 'too-many-items', 'A table may have 1000 words.');
  for (const [word, ours] of Object.entries(table)) checkWord(ours, at + step(word), faults, words);
}

function checkWord(word: unknown, at: string, faults: Faults, words: readonly unknown[] | undefined): void {
  if (!words || word === null || words.includes(word)) return;
  faults.add(
    at,
    'wrong-value',
    `This must be one of ${words
      .filter((each) => each !== null)
      .map(String)
      .join(', ')}.`,
  );
}

function checkOptions(value: Fields, at: string, faults: Faults): void {
  const { as, miss, max, plus } = value;
  if (as !== undefined && !conversions.includes(as as never)) {
    faults.add(`${at}/as`, 'wrong-value', `as must be one of ${conversions.join(', ')}.`);
  }
  if (miss !== undefined && !['reject', 'omit', 'keep'].includes(miss as string)) {
    faults.add(`${at}/miss`, 'wrong-value', 'miss must be reject, omit or keep.');
  }
  if (max !== undefined && !(typeof max === 'number' && Number.isInteger(max) && max > 0)) {
    faults.add(`${at}/max`, 'wrong-type', 'max must be a whole number above 0.');
  }
  if (plus === undefined) return;
  const parts = isFields(plus) ? Object.entries(plus) : [];
  const known = parts.every(([name, n]) => ['years', 'months', 'days'].includes(name) && Number.isInteger(n));
  if (parts.length === 0 || !known) {
    faults.add(`${at}/plus`, 'wrong-type', 'plus is an object with years, months or days, as whole numbers.');
  }
}

import type { Issue } from './event-definition';
import { spoken, step } from './pointer';

const MOST_LEVELS = 32;

const notStorable = (pointer: string): Issue => ({
  code: 'unstorable-text',
  pointer,
  detail: `${spoken(pointer)} contains a NUL character or half of a surrogate pair, which cannot be stored.`,
});

/** Postgres takes neither NUL nor a lone surrogate in text or jsonb. */
const storableText = (text: string) => text.isWellFormed() && !text.includes('\0');

function walk(value: unknown, level: number): Issue | null {
  if (typeof value === 'string') return storableText(value) ? null : notStorable('');
  if (typeof value !== 'object' || value === null) return null;
  if (level > MOST_LEVELS) {
    return { code: 'too-deep', pointer: '', detail: `the event is nested deeper than ${MOST_LEVELS} levels.` };
  }
  return Array.isArray(value) ? walkItems(value, level) : walkFields(value as Record<string, unknown>, level);
}

function walkItems(items: readonly unknown[], level: number): Issue | null {
  for (let at = 0; at < items.length; at += 1) {
    const issue = walk(items[at], level + 1);
    if (issue) return below(String(at), issue);
  }
  return null;
}

function walkFields(fields: Record<string, unknown>, level: number): Issue | null {
  for (const name in fields) {
    const issue = storableText(name) ? walk(fields[name], level + 1) : notStorable('');
    if (issue) return below(name, issue);
  }
  return null;
}

function below(name: string, { code, pointer, detail }: Issue): Issue {
  const whole = step(name) + pointer;
  return code === 'unstorable-text' ? notStorable(whole) : { code, pointer: whole, detail };
}

/** Finds text or nesting anywhere in a JSON value that the database could not keep; null where all is well. */
export const unstorable = (value: unknown): Issue | null => walk(value, 1);

/** The same for the fields of an object, one of them left out. */
export function unstorableBeside(left: string, fields: object): Issue | null {
  for (const name in fields) {
    if (name === left) continue;
    const issue = walk((fields as Record<string, unknown>)[name], 2);
    if (issue) return below(name, issue);
  }
  return null;
}

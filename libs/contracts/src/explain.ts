import type { ErrorObject } from 'ajv';
import type { Issue, IssueCode } from './event-definition';
import { patterns } from './patterns';
import { spoken, step } from './pointer';

const types: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

const formats: Record<string, string> = {
  'date-time': 'an instant with its offset, like 2026-05-03T09:30:00Z',
  date: 'a day, like 2026-05-03',
};

const words = new Map<string, string>(Object.values(patterns).map((known) => [known.form, known.words]));

interface Params {
  missingProperty?: string;
  type?: string | string[];
  allowedValues?: unknown[];
  allowedValue?: unknown;
  limit?: number;
  comparison?: string;
  format?: string;
  pattern?: string;
  propertyName?: string;
}

interface Told {
  code: IssueCode;
  must: string;
}

const list = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

function typeNames(type: string | string[] | undefined): string {
  const names = typeof type === 'string' ? type.split(',') : (type ?? []);
  return list(names.map((name) => types[name] ?? name));
}

/** One sentence part per keyword of JSON Schema that our schemas use. */
const tellers: Record<string, (params: Params) => Told> = {
  type: ({ type }) => ({ code: 'wrong-type', must: `must be ${typeNames(type)}` }),
  enum: ({ allowedValues = [] }) => ({
    code: 'wrong-value',
    must: `must be ${allowedValues.length > 1 ? 'one of ' : ''}${allowedValues.map(String).join(', ')}`,
  }),
  format: ({ format = '' }) => ({ code: 'wrong-format', must: `must be ${formats[format] ?? format}` }),
  pattern: ({ pattern = '' }) => ({
    code: 'wrong-format',
    must: `must be ${words.get(pattern) ?? `of the form ${pattern}`}`,
  }),
  minimum: ({ limit }) => ({ code: 'out-of-range', must: `must be at least ${limit}` }),
  maximum: ({ limit }) => ({ code: 'out-of-range', must: `must be at most ${limit}` }),
  minLength: ({ limit }) => ({
    code: 'empty',
    must: limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`,
  }),
  maxLength: ({ limit }) => ({ code: 'too-long', must: `must have at most ${limit} characters` }),
  minItems: ({ limit }) => ({ code: 'empty', must: `must have at least ${limit} entries` }),
  maxItems: ({ limit }) => ({ code: 'too-many-items', must: `must have at most ${limit} entries` }),
  maxProperties: ({ limit }) => ({ code: 'too-many-items', must: `must have at most ${limit} fields` }),
};

function found(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string' && value.length > 60) return `a text of ${value.length} characters`;
  return JSON.stringify(value);
}

/** Turns the first error of a compiled schema into our code, its pointer and one sentence that names the field. */
export function explain(error: ErrorObject): Issue {
  const params = error.params as Params;
  if (error.keyword === 'required') {
    const pointer = error.instancePath + step(params.missingProperty ?? '');
    return { code: 'missing-field', pointer, detail: `${spoken(pointer)} is missing.` };
  }
  const pointer = error.instancePath;
  const { code, must } = tellers[error.keyword]?.(params) ?? { code: 'wrong-value', must: error.message ?? 'is wrong' };
  return { code, pointer, detail: `${spoken(pointer)} ${must}; it is ${found(error.data)}.` };
}

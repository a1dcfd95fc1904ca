import type { CellStyle, CellValue, ImportField } from './import-field.domain';
import { readDay, readTime } from './read-date.domain';

const bad = (code: string, detail: string): CellValue => ({ code, detail });

/** Reads a cell that is not empty. */
export function readCell(field: ImportField, cell: string, style: CellStyle): CellValue {
  switch (field.type) {
    case 'text':
      return { value: cell };
    case 'number':
    case 'integer':
      return readNumber(cell, field.type === 'integer', style);
    case 'boolean':
      return readBoolean(cell);
    case 'list':
      return { value: cell.split('|').flatMap((part) => part.trim() || []) };
    case 'day':
      return readDay(cell, style);
    case 'time':
      return readTime(cell, style);
    case 'word':
      return readWord(cell, field.words ?? []);
  }
}

const plain = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;
const grouped = {
  '.': /^[+-]?\d{1,3}(?:[,' \u00a0]\d{3})*(?:\.\d+)?$/,
  ',': /^[+-]?\d{1,3}(?:[.' \u00a0]\d{3})*(?:,\d+)?$/,
} as const;

function readNumber(cell: string, whole: boolean, { decimal }: CellStyle): CellValue {
  const number = decimal === ',' ? commaNumber(cell) : pointNumber(cell, decimal);
  if (number === undefined) {
    if (decimal === undefined && /^[+-]?[\d.,' \u00a0]+$/.test(cell)) {
      return bad('ambiguous-number', `holds "${cell}": say how decimals are written, "." or "," (decimal).`);
    }
    return bad('wrong-format', `must be a number, without currency or unit; it is "${cell}".`);
  }
  if (whole && !Number.isInteger(number)) return bad('wrong-format', `must be a whole number; it is "${cell}".`);
  return { value: number };
}

function pointNumber(cell: string, stated: CellStyle['decimal']): number | undefined {
  if (plain.test(cell)) return Number(cell);
  return stated === '.' && grouped['.'].test(cell) ? Number(cell.replaceAll(/[,' \u00a0]/g, '')) : undefined;
}

function commaNumber(cell: string): number | undefined {
  const digits = /^[+-]?\d+(?:,\d+)?$/.test(cell) || grouped[','].test(cell);
  return digits ? Number(cell.replaceAll(/[.' \u00a0]/g, '').replace(',', '.')) : undefined;
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  y: true,
  t: true,
  '1': true,
  on: true,
  false: false,
  no: false,
  n: false,
  f: false,
  '0': false,
  off: false,
};

function readBoolean(cell: string): CellValue {
  const value = Object.hasOwn(truths, cell.toLowerCase()) ? truths[cell.toLowerCase()] : undefined;
  return value === undefined ? bad('wrong-value', `must be yes or no; it is "${cell}".`) : { value };
}

/** What other systems call the same. */
const otherWords: Readonly<Record<string, string>> = {
  pending: 'waiting-on-customer',
  'waiting-for-customer': 'waiting-on-customer',
  'waiting-for-support': 'waiting-on-us',
  'in-progress': 'open',
  resolved: 'solved',
  done: 'solved',
  hold: 'on-hold',
  medium: 'normal',
  critical: 'urgent',
  highest: 'urgent',
  bug: 'problem',
  task: 'request',
  'feature-request': 'request',
  canceled: 'cancelled',
  expired: 'ended',
  completed: 'held',
  'no-show': 'missed',
  voided: 'void',
  'past-due': 'overdue',
  qbr: 'review',
  subscription: 'recurring',
};

function readWord(cell: string, words: readonly string[]): CellValue {
  const said = cell
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  if (words.includes(said)) return { value: said };
  const other = Object.hasOwn(otherWords, said) ? otherWords[said] : undefined;
  if (other !== undefined && words.includes(other)) return { value: other };
  return bad('wrong-value', `must be one of ${words.join(', ')}; it is "${cell}".`);
}

import { fromMinor, isCurrency } from '@tenure/contracts';

import { readInstant } from '../intake/instant.domain';
import { companyDomain, normalDomain } from '../intake/reference.domain';
import type { Conversion } from './mapping.domain';

const email = /^[^\s@<>]{1,64}@[^\s@<>]+\.[^\s@<>]+$/;
const yes = new Set(['true', 'yes', 'y', '1', 'on']);
const no = new Set(['false', 'no', 'n', '0', 'off']);

/** The value in another form; undefined where it has none. Null stays null: it says that there is nothing any more. */
export function convert(value: unknown, as: Conversion): unknown {
  if (value === null) return null;
  const text = typeof value === 'string' ? value.trim() : value;
  return converters[as](text);
}

const converters: Readonly<Record<Conversion, (value: unknown) => unknown>> = {
  text: textOf,
  number: numberOf,
  integer: (value) => {
    const number = numberOf(value);
    return number === undefined ? undefined : Math.round(number);
  },
  boolean: booleanOf,
  instant: (value) => isoOf(instantOf(value)),
  day: (value) => (typeof value === 'string' && isDay(value) ? value : isoOf(instantOf(value))?.slice(0, 10)),
  'last-day': (value) => {
    const end = instantOf(value);
    return end === undefined ? undefined : isoOf(end - 1)?.slice(0, 10);
  },
  upper: (value) => textOf(value)?.toUpperCase(),
  lower: (value) => textOf(value)?.toLowerCase(),
  email: (value) => (typeof value === 'string' && value.length <= 320 && email.test(value) ? value : undefined),
  url: (value) => (typeof value === 'string' && /^https?:\/\/\S+$/i.test(value) ? value : undefined),
  domain: (value) => domainOf(value),
  'company-domain': (value) => (typeof value === 'string' ? companyDomain(value) : undefined),
  tags: tagsOf,
  major: numberOf,
};

/** Whole minor units as major ones: 125000 in USD is 1250. Parts of a minor unit are rounded. */
export function majorUnits(minor: number, currency: unknown): number | undefined {
  if (typeof currency !== 'string' || !isCurrency(currency.toUpperCase())) return undefined;
  return Number(fromMinor(Math.round(minor), currency.toUpperCase()));
}

/** A day moved; the last of a month stays inside its month. */
export function movedDay(day: string, by: { years?: number; months?: number; days?: number }): string | undefined {
  if (!isDay(day)) return undefined;
  const at = new Date(`${day}T00:00:00Z`);
  const months = (by.years ?? 0) * 12 + (by.months ?? 0);
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(at.getUTCDate(), last) + (by.days ?? 0));
  return isoOf(first.getTime())?.slice(0, 10);
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

const isoOf = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

/** Also what some vendors send as text: `1767225600`. */
const instantOf = (value: unknown): number | undefined =>
  readInstant(typeof value === 'string' && /^\d{9,13}$/.test(value) ? Number(value) : value);

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) return undefined;
  return Number(value);
}

function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = textOf(value)?.toLowerCase() ?? '';
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}

function domainOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const domain = normalDomain(value.slice(value.lastIndexOf('@') + 1));
  return domain.includes('.') ? domain : undefined;
}

function tagsOf(value: unknown): string[] | undefined {
  const parts: unknown[] | undefined = Array.isArray(value)
    ? (value as unknown[])
    : typeof value === 'string'
      ? value.split(value.includes(',') ? ',' : /\s+/)
      : undefined;
  return parts?.map((part) => (textOf(part) ?? '').trim().slice(0, 200)).filter((part) => part !== '');
}

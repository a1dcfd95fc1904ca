import { type Bitmap, EMPTY_BITMAP } from './bitmap';

/** What happened under one event name on a day: how often, and who did it. */
export interface NamedUse {
  /** The name's number in `EventNames`. */
  readonly name: number;
  readonly events: number;
  readonly users: Bitmap;
}

/** The event names of one account, each kept once: a year of days has thousands of mentions of a few names. */
export class EventNames {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];

  /** The number of a name, the next free one for a new name. */
  numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  /** The numbers of those of the names that were ever used. */
  numbersOf(names: Iterable<string>): ReadonlySet<number> {
    const numbers = new Set<number>();
    for (const name of names) {
      const number = this.numbers.get(name);
      if (number !== undefined) numbers.add(number);
    }
    return numbers;
  }

  /** By their numbers. */
  get all(): readonly string[] {
    return this.names;
  }

  nameOf(number: number): string {
    return this.names[number] ?? '';
  }
}

/**
 * The uses of a day as a string of bytes. They are by far the most of what is kept of an account, and hardly ever read:
 * an object with a typed array for each took 2.4 KB a day of seven names, of which 40 bytes were content; a string has
 * no cost but its header.
 */
export function packed(uses: Iterable<NamedUse>): string {
  const bytes: number[] = [];
  for (const { name, events, users } of uses) {
    putNumber(bytes, name);
    putNumber(bytes, events);
    putNumber(bytes, users.length);
    for (const byte of users) bytes.push(byte);
  }
  let text = '';
  for (let start = 0; start < bytes.length; start += 4_096)
    text += String.fromCharCode(...bytes.slice(start, start + 4_096));
  return text;
}

/** Reads what `packed` made. */
export function* unpacked(text: string): Generator<NamedUse> {
  const at = { place: 0 };
  while (at.place < text.length) {
    const name = takeNumber(text, at);
    const events = takeNumber(text, at);
    const length = takeNumber(text, at);
    const users = length === 0 ? EMPTY_BITMAP : new Uint8Array(length);
    for (let i = 0; i < length; i++) users[i] = text.charCodeAt(at.place++);
    yield { name, events, users };
  }
}

/** Adds to `bits` the users of these names; makes no bitmaps. Answers whether any of the names was used at all. */
export function addUsersOf(text: string, numbers: ReadonlySet<number>, bits: Uint8Array): boolean {
  const at = { place: 0 };
  let used = false;
  while (at.place < text.length) {
    const wanted = numbers.has(takeNumber(text, at));
    const events = takeNumber(text, at);
    const length = takeNumber(text, at);
    used ||= wanted && events > 0;
    if (wanted) for (let i = 0; i < length; i++) bits[i] = (bits[i] ?? 0) | text.charCodeAt(at.place + i);
    at.place += length;
  }
  return used;
}

/** Only the numbers of the names that were used at all: makes no bitmaps. */
export function* namesIn(text: string): Generator<number> {
  const at = { place: 0 };
  while (at.place < text.length) {
    const name = takeNumber(text, at);
    const events = takeNumber(text, at);
    const length = takeNumber(text, at);
    at.place += length;
    if (events > 0) yield name;
  }
}

/** Seven bits a byte, low ones first; division, because counts may be larger than 32 bits. */
function putNumber(bytes: number[], value: number): void {
  let left = value;
  while (left >= 128) {
    bytes.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  bytes.push(left);
}

function takeNumber(text: string, at: { place: number }): number {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = text.charCodeAt(at.place++);
    if (!(byte >= 128)) return value + byte * factor;
    value += (byte - 128) * factor;
  }
}

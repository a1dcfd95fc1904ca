import { isPointer, step } from './pointer.domain';

/** What is wrong with a mapping, and where it stands there. */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const most = 50;

/** Collects faults, and says the usual ones in the usual words. */
export class Faults {
  readonly list: Fault[] = [];

  add(pointer: string, code: string, detail: string): void {
    if (this.list.length < most) this.list.push({ pointer, code, detail });
  }

  onlyKnows(value: Fields, names: readonly string[], at: string): void {
    for (const name of Object.keys(value)) {
      if (names.includes(name)) continue;
      this.add(at + step(name), 'unknown-field', `${name} means nothing here; known are ${names.join(', ')}.`);
    }
  }

  text(value: unknown, at: string, longest: number): void {
    if (typeof value !== 'string' || value.trim() === '') this.add(at, 'missing-field', 'This needs a text.');
    else if (value.length > longest) this.add(at, 'too-long', `This may have ${longest} characters.`);
  }

  /** A path: a JSON pointer, from the item with `$`, from what is around it with `@`. */
  path(value: unknown, at: string): void {
    if (typeof value === 'string' && value.length <= 500 && isPointer(value.replace(/^[$@]/, ''))) return;
    this.add(at, 'wrong-format', 'A path is a JSON pointer, like /ticket/id, $/ticket/id or @/each.');
  }

  /** Answers how many there are, −1 where it is no list. */
  each(value: unknown, at: string, mostEntries: number, check: (entry: unknown, at: string) => void): number {
    if (!Array.isArray(value)) {
      this.add(at, 'wrong-type', 'This must be a list.');
      return -1;
    }
    if (value.length > mostEntries) this.add(at, 'too-many-items', `This may have ${mostEntries} entries.`);
    for (const [index, entry] of value.slice(0, mostEntries).entries()) check(entry, at + step(index));
    return value.length;
  }
}

import type { Refusal } from '../intake/candidate.domain';
import { atPointer } from './pointer.domain';

/** What `@/…` leads to. */
export interface Around {
  /** The entry of `each` that is at work. */
  readonly each?: unknown;
  /** The name that the vendor gave the delivery, for vendors that sign one in a header. */
  readonly delivery?: string;
  /** The vendor's name for what it sends, the same in retries, for vendors that put one into a header unsigned. */
  readonly invocation?: string;
  /** A digest of the item. */
  readonly digest?: string;
  /** The number of the hour in which it came. */
  readonly hour?: string;
}

/** Where paths begin, and what is found out on the way. */
export interface Scope {
  readonly item: unknown;
  /** Where the item is in what was sent. */
  readonly itemAt: string;
  readonly here: unknown;
  readonly hereAt: string;
  readonly around: Around;
  readonly findings: Findings;
}

/** Which path of what was sent gave each field, so that a fault of the field can be shown where it came from. */
export interface Findings {
  readonly origins: Map<string, string>;
  refusal: Refusal | undefined;
}

export interface Located {
  readonly value: unknown;
  /** Its pointer in what was sent; undefined for what was not sent. */
  readonly at: string | undefined;
}

/** `$/a` begins at the item, `@/a` at what is around it, `/a` and `` where we are. */
export function locate(scope: Scope, path: string): Located {
  if (path.startsWith('@')) return { value: atPointer(scope.around, path.slice(1)), at: undefined };
  if (path.startsWith('$')) {
    return { value: atPointer(scope.item, path.slice(1)), at: scope.itemAt + path.slice(1) };
  }
  return { value: atPointer(scope.here, path), at: scope.hereAt + path };
}

/** The first thing that cannot be mapped is the one that is told. */
export function refuse(scope: Scope, refusal: Refusal): undefined {
  scope.findings.refusal ??= refusal;
  return undefined;
}

import type { KeyedSource } from './write-key.domain';

interface Entry<T> {
  readonly source: T | undefined;
  readonly atMs: number;
}

/** How old an answer may be: fresh ones are used, stale ones are used while they are asked for again. */
export const keyAges = { freshMs: 2_000, staleMs: 4_000, lastResortMs: 600_000 } as const;

/**
 * What keys were found to open, for moments: a revoked key stops within `staleMs` even if no notification arrives.
 * Unknown keys are remembered too, so that guessing costs no query each. Bounded.
 */
export class KeyCache<T = KeyedSource> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(private readonly most: number) {}

  get(hash: string, nowMs: number): (Entry<T> & { readonly age: 'fresh' | 'stale' | 'old' }) | undefined {
    const entry = this.entries.get(hash);
    if (!entry || nowMs - entry.atMs > keyAges.lastResortMs) return undefined;
    const ageMs = nowMs - entry.atMs;
    return { ...entry, age: ageMs <= keyAges.freshMs ? 'fresh' : ageMs <= keyAges.staleMs ? 'stale' : 'old' };
  }

  set(hash: string, source: T | undefined, nowMs: number): void {
    this.entries.delete(hash);
    this.entries.set(hash, { source, atMs: nowMs });
    if (this.entries.size <= this.most) return;
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }

  clear(): void {
    this.entries.clear();
  }
}

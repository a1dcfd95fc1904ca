import type { ReferenceKey } from '../intake/reference.domain';
import type { Stay } from './membership.domain';

interface Entry {
  readonly stays: readonly Stay[];
  readonly untilMs: number;
}

/**
 * Where references lead, for a few seconds, so that a busy user costs no query per batch. Bounded: the entry that
 * was filled longest ago goes first. Nothing that was read before a change is kept after it.
 */
export class DirectoryCache {
  private readonly entries = new Map<string, Entry>();
  private changes = 0;

  constructor(
    private readonly lifetimeMs: number,
    private readonly most: number,
  ) {}

  /** Hand this back to `fill`, so that what was read meanwhile is dropped if something changed. */
  get mark(): number {
    return this.changes;
  }

  get(tenantId: string, key: ReferenceKey, nowMs: number): readonly Stay[] | undefined {
    const entry = this.entries.get(slot(tenantId, key));
    return entry && entry.untilMs > nowMs ? entry.stays : undefined;
  }

  fill(tenantId: string, key: ReferenceKey, stays: readonly Stay[], nowMs: number, mark: number): void {
    if (mark !== this.changes) return;
    const at = slot(tenantId, key);
    this.entries.delete(at);
    this.entries.set(at, { stays, untilMs: nowMs + this.lifetimeMs });
    if (this.entries.size <= this.most) return;
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }

  forget(tenantId: string, keys: readonly ReferenceKey[]): void {
    this.changes += 1;
    for (const key of keys) this.entries.delete(slot(tenantId, key));
  }

  clear(): void {
    this.changes += 1;
    this.entries.clear();
  }
}

const slot = (tenantId: string, key: ReferenceKey): string => `${tenantId} ${key}`;

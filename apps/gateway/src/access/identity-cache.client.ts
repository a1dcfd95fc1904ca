import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Notifications, type CallerIdentity } from '@tenure/platform';
import { identityChannel } from './identity-changes.repository';

const lifeMs = 5_000;
const capacity = 20_000;

interface Entry {
  readonly caller: Promise<CallerIdentity | undefined>;
  readonly until: number;
}

/**
 * Remembers callers for five seconds, by the hash of their secret. A change of people, keys or sessions empties it at
 * once, in every replica, by NOTIFY; should a notice get lost, five seconds is the most that a revoked one still passes.
 */
@Injectable()
export class IdentityCache implements OnModuleDestroy {
  private readonly entries = new Map<string, Entry>();
  private readonly unsubscribe: () => void;

  constructor(notifications: Notifications) {
    this.unsubscribe = notifications.on(identityChannel, () => this.entries.clear());
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  /** Only who was found is remembered: an attacker's guesses take no room, and a new session counts at once. */
  get(hash: string, load: () => Promise<CallerIdentity | undefined>): Promise<CallerIdentity | undefined> {
    const known = this.entries.get(hash);
    if (known && known.until > performance.now()) return known.caller;
    if (this.entries.size >= capacity) this.entries.clear();
    const entry: Entry = { caller: load(), until: performance.now() + lifeMs };
    this.entries.set(hash, entry);
    const forget = (): void => void (this.entries.get(hash) === entry && this.entries.delete(hash));
    entry.caller.then((found) => found ?? forget(), forget);
    return entry.caller;
  }
}

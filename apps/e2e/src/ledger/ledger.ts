import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** One event as the ledger knows it. `kind` says what it should cause: a count, or an alert. */
export interface LedgerEvent {
  readonly id: string;
  readonly kind: 'usage' | 'escalation';
  readonly account: string;
  /** The day it happened, UTC. */
  readonly day: string;
}

/** A status, or `unknown` where the client never learnt the outcome: the event may then count once, or not at all. */
export type Outcome = number | 'unknown';

/** What a client believes: a line for each attempt, on the disk before anything else happens. */
export class Ledger {
  private readonly descriptor: number;

  constructor(readonly file: string) {
    this.descriptor = openSync(file, 'a');
  }

  write(status: Outcome, events: readonly LedgerEvent[]): void {
    writeSync(this.descriptor, `${JSON.stringify({ at: new Date().toISOString(), status, events })}\n`);
    fsyncSync(this.descriptor);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

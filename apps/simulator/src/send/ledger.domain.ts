/** What ingestion said about a batch. */
export interface Receipt {
  readonly accepted: number;
  readonly held: number;
  readonly rejected: readonly Rejection[];
}

export interface Rejection {
  readonly index: number;
  readonly id?: string;
  readonly code: string;
  readonly pointer?: string;
  readonly detail?: string;
}

/** The sender's own account of what it sent and what became of it. */
export class Ledger {
  sent = 0;
  accepted = 0;
  held = 0;
  rejected = 0;
  /** The first rejections, as examples. */
  readonly examples: Rejection[] = [];

  add(count: number, receipt: Receipt): void {
    this.sent += count;
    this.accepted += receipt.accepted;
    this.held += receipt.held;
    this.rejected += receipt.rejected.length;
    this.examples.push(...receipt.rejected.slice(0, Math.max(0, 5 - this.examples.length)));
  }

  /** Every event that was sent has exactly one answer. */
  get balanced(): boolean {
    return this.sent === this.accepted + this.held + this.rejected;
  }

  toString(): string {
    const { sent, accepted, held, rejected } = this;
    const sum = this.balanced ? 'adds up' : 'DOES NOT ADD UP';
    return `sent ${sent} = accepted ${accepted} + held ${held} + rejected ${rejected} (${sum})`;
  }
}

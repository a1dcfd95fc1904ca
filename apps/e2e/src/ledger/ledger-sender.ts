import { setTimeout as sleep } from 'node:timers/promises';
import { Ledger, type LedgerEvent, type Outcome } from './ledger';

export interface LedgerOptions {
  /** Ingestion's addresses: where there are several, requests go to one after the other. */
  readonly urls: readonly string[];
  readonly writeKey: string;
  /** Where the ledger is written. */
  readonly file: string;
  /** Batches under way at once; default 3. */
  readonly lanes?: number;
  /** Milliseconds between a lane's batches; default 60. */
  readonly pauseMs?: number;
  /** Chooses what is left to chance; default: chance itself. */
  readonly random?: () => number;
}

const accounts = 12;
const batchSize = 20;
const days = 3;
const dayMs = 86_400_000;
/** Of its answers, this share is lost on the way: the client hangs up, in the middle or after all was sent. */
const lostAnswers = 0.1;
const patienceMs = 5_000;
/** Of the outcomes it does not know, it gives up on this share; they may count once or not at all. */
const givenUp = 0.05;
/** Once it is to stop, it tries this long to learn what became of the last batches. */
const lastPatienceMs = 30_000;

/**
 * A client that does what clients do: it sends batches, and where it does not learn the outcome it sends the same ids
 * again. All it believes stands in its ledger; it uses nothing of Tenure's own code.
 */
export class LedgerSender {
  private readonly ledger: Ledger;
  private readonly until = new AbortController();
  private work: Promise<unknown> = Promise.resolve();
  private made = 0;
  private asked = 0;
  private stoppedAt = Number.POSITIVE_INFINITY;
  private readonly random: () => number;

  constructor(private readonly options: LedgerOptions) {
    this.ledger = new Ledger(options.file);
    this.random = options.random ?? Math.random;
  }

  start(): void {
    const lanes = Array.from({ length: this.options.lanes ?? 3 }, () => this.lane(() => this.usage()));
    this.work = Promise.all([...lanes, this.lane(() => this.escalation(), 250)]);
  }

  /** Lets what is under way come to its end. */
  async stop(): Promise<void> {
    this.until.abort();
    this.stoppedAt = Date.now();
    await this.work;
    this.ledger.close();
  }

  private async lane(send: () => Promise<void>, pauseMs = this.options.pauseMs ?? 60): Promise<void> {
    while (!this.until.signal.aborted) {
      await send();
      await sleep(pauseMs);
    }
  }

  private async usage(): Promise<void> {
    const events = Array.from({ length: batchSize }, () => this.event('usage', `account-${this.made % accounts}`));
    const batch = events.map(({ id, account, day }) => ({
      type: 'track',
      messageId: id,
      userId: `user-${id.length}`,
      event: 'Report Viewed',
      timestamp: `${day}T12:00:00.000Z`,
      context: { groupId: account },
    }));
    await this.untilKnown(events, '/v1/batch', 'application/json', { batch });
  }

  private async escalation(): Promise<void> {
    const event = this.event('escalation', `troubled-${this.made}`);
    const cloudEvent = {
      specversion: '1.0',
      id: event.id,
      source: 'ledger',
      type: 'tenure.ticket.changed.v1',
      time: new Date().toISOString(),
      data: { accountId: event.account, ticketId: 't', change: 'escalated', status: 'open', priority: 'urgent' },
    };
    await this.untilKnown([event], '/v1/events', 'application/cloudevents-batch+json', [cloudEvent]);
  }

  private event(kind: LedgerEvent['kind'], account: string): LedgerEvent {
    this.made += 1;
    const day = new Date(Date.now() - (1 + (this.made % days)) * dayMs).toISOString().slice(0, 10);
    return { id: `event-${this.made}`, kind, account, day };
  }

  private async untilKnown(events: readonly LedgerEvent[], path: string, type: string, body: object): Promise<void> {
    for (;;) {
      const status = await this.attempt(path, type, body);
      this.ledger.write(status, events);
      if (status === 200 || status === 202) return;
      if (status === 'unknown' && this.random() < givenUp) return;
      if (Date.now() - this.stoppedAt > lastPatienceMs) return;
      await sleep(100);
    }
  }

  private async attempt(path: string, type: string, body: object): Promise<Outcome> {
    const lost = this.random() < lostAnswers;
    const hangsUpMs = lost && this.random() < 0.5 ? this.random() * 20 : patienceMs;
    const url = this.options.urls[(this.asked += 1) % this.options.urls.length] ?? '';
    try {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': type, authorization: `Basic ${btoa(`${this.options.writeKey}:`)}` },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(hangsUpMs),
      });
      await response.arrayBuffer();
      return lost ? 'unknown' : response.status;
    } catch {
      return 'unknown';
    }
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, Database, Jobs, type Tx } from '@tenure/platform';
import { EmailClient } from '../channels/email.client';
import type { Mail } from '../channels/email-message.domain';
import { NotificationsConfig } from '../notifications.config';
import { digestMail, digestOf, localDay, nextDigestAt } from './digest.domain';
import { DigestReadModel } from './digest.read-model';
import { DigestRepository, type DueDigest } from './digest.repository';

/** The queue of digests that are written and not yet sent. */
export const digestMailQueue = 'digest-mail';

const atOnce = 500;

/** Where digests are kept. */
@Injectable()
export class DigestStores {
  constructor(
    readonly database: Database,
    readonly reader: DigestReadModel,
    readonly writer: DigestRepository,
  ) {}
}

/** Writes the digests that are due; each is queued in the transaction that takes it, so it is written once. */
@Injectable()
export class SendDigestsHandler {
  constructor(
    private readonly stores: DigestStores,
    private readonly jobs: Jobs,
    private readonly email: EmailClient,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  /** Answers how many people were due. */
  async run(): Promise<number> {
    const now = this.clock.now();
    let total = 0;
    for (;;) {
      const due = await this.stores.database.system((tx) => this.stores.reader.due(tx, now, atOnce));
      for (const person of due) await this.stores.database.write([person.tenantId], (tx) => this.one(tx, person, now));
      total += due.length;
      if (due.length < atOnce) return total;
    }
  }

  /** @throws Error when the mail server does not take it: the job is tried again */
  async send(mail: Mail): Promise<void> {
    const outcome = await this.email.send(mail);
    if (outcome.result === 'retry') throw new Error(outcome.detail);
  }

  private async one(tx: Tx, person: DueDigest, now: Date): Promise<void> {
    if (!(await this.stores.writer.take(tx, person, now))) return;
    const settings = await this.stores.reader.settings(tx, person);
    if (!settings?.enabled) return;
    await this.stores.writer.arm(tx, person, nextDigestAt(now, settings.hour, settings.timeZone));
    const alerts = await this.stores.reader.alerts(tx, person.tenantId, settings.email, settings.coveredUntil);
    const digest = digestOf(alerts, settings.coveredUntil);
    await this.stores.writer.setCovered(tx, person, now);
    if (!digest) return;
    const day = localDay(now, settings.timeZone);
    const id = `digest.${person.tenantId}.${person.personId.replaceAll(/[^A-Za-z0-9_-]/g, '_')}.${day}`;
    const mail = digestMail(digest, settings.email, id, day, this.config.consoleUrl);
    await this.jobs.send(tx, digestMailQueue, mail, { retryLimit: 8 });
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, Problem, type CallerIdentity } from '@tenure/platform';
import { NotificationsConfig } from '../notifications.config';
import { nextDigestAt, type DigestSettings } from './digest.domain';
import { DigestStores } from './send-digests.handler';

const usualHour = 8;

/** A person's own digest: shown and changed by nobody else. */
@Injectable()
export class ChangeDigestHandler {
  constructor(
    private readonly stores: DigestStores,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  async get(caller: CallerIdentity): Promise<DigestSettings> {
    const email = ownAddress(caller);
    const person = { tenantId: caller.tenant, personId: caller.subject };
    const kept = await this.stores.database.read([caller.tenant], (tx) => this.stores.reader.settings(tx, person));
    if (!kept) return { enabled: false, hour: usualHour, email, timeZone: 'UTC' };
    const { enabled, hour, timeZone } = kept;
    return { enabled, hour, email: kept.email, timeZone };
  }

  /** A digest tells of customers, so it goes to the person's own address only. */
  async put(caller: CallerIdentity, wanted: DigestSettings): Promise<DigestSettings> {
    if (wanted.email.toLowerCase() !== ownAddress(caller).toLowerCase())
      throw new Problem('invalid', 'A digest goes to your own address only.', { pointer: '/email' });
    if (wanted.enabled && !this.config.smtpUrl)
      throw new Problem('unprocessable', 'E-mail is not set up here: the operator has to set SMTP_URL.');
    const now = this.clock.now();
    const person = { tenantId: caller.tenant, personId: caller.subject };
    const settings = { enabled: wanted.enabled, hour: wanted.hour, email: wanted.email, timeZone: wanted.timeZone };
    const dueAt = nextDigestAt(now, settings.hour, settings.timeZone);
    await this.stores.database.write([caller.tenant], (tx) =>
      this.stores.writer.save(tx, person, settings, now, dueAt),
    );
    return settings;
  }
}

function ownAddress({ kind, email }: CallerIdentity): string {
  if (kind === 'person' && email) return email;
  throw new Problem('forbidden', 'A digest belongs to a person, not to an API key.');
}

import { FromEnv, ServiceConfig } from '@tenure/platform';
import { IsBoolean, IsInt, IsOptional, IsUrl, Matches, Max, Min } from 'class-validator';

/** Settings of notifications beside those of every service. */
export class NotificationsConfig extends ServiceConfig {
  /** Lets destinations reach private, loopback and link-local addresses; the demo does so anyway. */
  @FromEnv('TENURE_ALLOW_PRIVATE_DESTINATIONS', '0')
  @IsBoolean()
  allowPrivateDestinations!: boolean;

  /** Where the console is, for links in messages. */
  @FromEnv('TENURE_CONSOLE_URL', 'http://localhost:4000')
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  consoleUrl!: string;

  /** The mail server, `smtp://user:password@host:port` or `smtps://…`; unset: no e-mail destinations and no digests. */
  @FromEnv('SMTP_URL', undefined, { secret: true })
  @IsOptional()
  @Matches(/^smtps?:\/\/.+/, { message: 'smtp://user:password@host:port' })
  smtpUrl?: string;

  /** The sender of all e-mail. */
  @FromEnv('MAIL_FROM', 'Tenure <tenure@localhost>')
  @Matches(/^[^\r\n]{3,320}$/, { message: 'Name <address@example.com>' })
  mailFrom!: string;

  /** How long one attempt may take in all, milliseconds. */
  @FromEnv('DELIVERY_TIMEOUT_MS', '15000')
  @IsInt()
  @Min(100)
  @Max(30_000)
  deliveryTimeoutMs!: number;

  /** After this time without a result a delivery is taken for abandoned and tried again, milliseconds. */
  @FromEnv('DELIVERY_LEASE_MS', '60000')
  @IsInt()
  @Min(500)
  @Max(600_000)
  deliveryLeaseMs!: number;

  /** Most attempts under way in this process. */
  @FromEnv('DELIVERY_CONCURRENCY', '256')
  @IsInt()
  @Min(1)
  @Max(2_000)
  deliveryConcurrency!: number;

  /** Days that the log of deliveries is kept. */
  @FromEnv('DELIVERY_LOG_DAYS', '90')
  @IsInt()
  @Min(1)
  @Max(3_650)
  deliveryLogDays!: number;

  /** Whether destinations may have private addresses. */
  get privateDestinations(): boolean {
    return this.allowPrivateDestinations || this.demo;
  }
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FromEnv, ServiceConfig } from '@tenure/platform';
import { IsArray, IsInt, IsObject, IsOptional, IsString, IsUrl, Matches, Min, MinLength } from 'class-validator';
import type { Upstream } from './routing/routing-table.domain';
import { parseSigningKey, type SigningKey } from './tokens/signing-key.domain';

const httpUrl = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };
const address = { message: 'an address like http://127.0.0.1:4001' };

/** What the gateway reads from the environment, on top of what every service does. */
export class GatewayConfig extends ServiceConfig {
  /** Signs the tokens that services trust: an Ed25519 JWK with kid, as JSON, or `@path` to one. Nobody else has it. */
  @FromEnv('TENURE_TOKEN_PRIVATE_KEY', undefined, {
    secret: true,
    parse: parseSigningKey((path) => readFileSync(path, 'utf8')),
  })
  @IsObject({ message: 'an Ed25519 private JWK with kid, as JSON, or @path to one' })
  signingKey!: SigningKey;

  /** Opens /operator/v1; unset: that API does not exist. */
  @FromEnv('TENURE_OPERATOR_TOKEN', undefined, { secret: true })
  @IsOptional()
  @MinLength(16, { message: 'at least 16 characters' })
  operatorToken?: string;

  /** Where people open the console: sign-in links lead there, and https makes the session cookie secure. */
  @FromEnv('TENURE_PUBLIC_URL', 'http://localhost:4000')
  @IsUrl(httpUrl, { message: 'an address like https://tenure.example.com' })
  publicUrl!: string;

  /** Origins besides our own whose pages may write with a session, for example a console's development server. */
  @FromEnv('TENURE_ALLOWED_ORIGINS', '')
  @IsArray()
  @Matches(/^https?:\/\/[^/]+$/, { each: true, message: 'origins like http://localhost:5173, with commas between' })
  allowedOrigins!: string[];

  @FromEnv('TENURE_INGESTION_URL', 'http://127.0.0.1:4001')
  @IsUrl(httpUrl, address)
  ingestionUrl!: string;

  @FromEnv('TENURE_HEALTH_URL', 'http://127.0.0.1:4002')
  @IsUrl(httpUrl, address)
  healthUrl!: string;

  @FromEnv('TENURE_RENEWALS_URL', 'http://127.0.0.1:4003')
  @IsUrl(httpUrl, address)
  renewalsUrl!: string;

  @FromEnv('TENURE_NOTIFICATIONS_URL', 'http://127.0.0.1:4004')
  @IsUrl(httpUrl, address)
  notificationsUrl!: string;

  @FromEnv('TENURE_REPORTING_URL', 'http://127.0.0.1:4005')
  @IsUrl(httpUrl, address)
  reportingUrl!: string;

  /** How long a service may take to begin its answer. */
  @FromEnv('TENURE_UPSTREAM_TIMEOUT_MS', '25000')
  @IsInt()
  @Min(100)
  upstreamTimeoutMs!: number;

  /** The built console. */
  @FromEnv('TENURE_CONSOLE_DIR', resolve(__dirname, '../../console/dist'))
  @IsString()
  consoleDir!: string;

  /** A session ends this long after its last use. */
  @FromEnv('TENURE_SESSION_IDLE_HOURS', '12')
  @IsInt()
  @Min(1)
  sessionIdleHours!: number;

  /** A session ends this long after sign-in, however much it is used. */
  @FromEnv('TENURE_SESSION_DAYS', '30')
  @IsInt()
  @Min(1)
  sessionDays!: number;

  /** How much is done, and how fast, is nobody's business on the port where everybody comes in. */
  override get metricsOpen(): boolean {
    return false;
  }

  upstreamUrl(service: Upstream): string {
    const urls: Record<Upstream, string> = {
      ingestion: this.ingestionUrl,
      health: this.healthUrl,
      renewals: this.renewalsUrl,
      notifications: this.notificationsUrl,
      reporting: this.reportingUrl,
    };
    return urls[service];
  }
}

import { readFileSync } from 'node:fs';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import { Equals, IsUrl, Matches, Max, Min, MinLength, ValidateIf } from 'class-validator';
import { FromEnv } from './from-env';
import { parsePublicKeys, type PublicKey } from './public-keys';

/** The published ports (they are part of the public surface). */
const ports: Readonly<Record<string, string>> = {
  gateway: '4000',
  ingestion: '4001',
  health: '4002',
  renewals: '4003',
  notifications: '4004',
  reporting: '4005',
};

const postgresUrl = /^postgres(ql)?:\/\/.+/;
const httpUrl = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/** What has to be known before anything else is loaded. */
export class TelemetryConfig {
  /** Base address of an OTLP/HTTP collector, for example `http://127.0.0.1:4318`; unset: nothing is exported. */
  @FromEnv('OTEL_EXPORTER_OTLP_ENDPOINT')
  @IsOptional()
  @IsUrl(httpUrl, { message: 'an address like http://127.0.0.1:4318' })
  otlpEndpoint?: string;
}

/** What every service reads from the environment; a service extends it with its own fields. */
export class ServiceConfig extends TelemetryConfig {
  /** The service's name, as given to `runService`. */
  @IsString()
  service!: string;

  @FromEnv('HOST', '127.0.0.1')
  @IsString()
  host!: string;

  /** `PORT`, else `<SERVICE>_PORT`, else the published port; 0 takes any free one. */
  @FromEnv(['PORT', '{SERVICE}_PORT'], (service) => ports[service])
  @IsInt()
  @Min(0)
  @Max(65_535)
  port!: number;

  /** Connection of the application's role: owns nothing, no BYPASSRLS. */
  @FromEnv('DATABASE_URL', undefined, { secret: true })
  @Matches(postgresUrl, { message: 'postgres://user:password@host:port/database' })
  databaseUrl!: string;

  /** Connection of the owner, who migrates; set: the service migrates when it starts. */
  @FromEnv('DATABASE_OWNER_URL', undefined, { secret: true })
  @IsOptional()
  @Matches(postgresUrl, { message: 'postgres://user:password@host:port/database' })
  databaseOwnerUrl?: string;

  /** Most connections this process opens. */
  @FromEnv('DATABASE_POOL_SIZE', '10')
  @IsInt()
  @Min(1)
  @Max(1_000)
  databasePoolSize!: number;

  @FromEnv('KAFKA_BROKERS', '127.0.0.1:19092')
  @IsArray()
  @ArrayMinSize(1, { message: 'host:port, several with commas between' })
  @Matches(/^[^\s:]+:\d+$/, { each: true, message: 'host:port, several with commas between' })
  kafkaBrokers!: string[];

  @FromEnv('KAFKA_CLIENT_ID', (service) => `tenure-${service}`)
  @IsString()
  kafkaClientId!: string;

  /** Put before every topic and group; only tests use it. */
  @FromEnv('TOPIC_PREFIX', '')
  @Matches(/^[a-zA-Z0-9._-]{0,100}$/)
  topicPrefix!: string;

  @FromEnv('KAFKA_SESSION_TIMEOUT_MS', '10000')
  @IsInt()
  @Min(1_000)
  sessionTimeoutMs!: number;

  @FromEnv('KAFKA_HEARTBEAT_MS', '3000')
  @IsInt()
  @Min(100)
  heartbeatMs!: number;

  @FromEnv('KAFKA_REBALANCE_TIMEOUT_MS', '15000')
  @IsInt()
  @Min(1_000)
  rebalanceTimeoutMs!: number;

  /** A broker that gave no sign of life for this long is away: callers are told 503 instead of being kept waiting. */
  @FromEnv('KAFKA_SILENCE_MS', '800')
  @IsInt()
  @Min(100)
  kafkaSilenceMs!: number;

  /** Set by a replay: events are folded, nobody is judged, nothing is published. */
  @IsBoolean()
  rebuild = false;

  /** Most event identities that are kept to recognise duplicates; each takes some 100 bytes of disk and 1.5 of memory. */
  @FromEnv('SEEN_IDS_CAPACITY', '200000000')
  @IsInt()
  @Min(1_000_000)
  seenIdsCapacity!: number;

  /** The gateway's public keys: a JWKS as JSON, or `@path` to one; two while keys are rotated. */
  @FromEnv('TENURE_TOKEN_PUBLIC_KEYS', undefined, { parse: parsePublicKeys(readFileSync) })
  @IsArray({ message: 'a JWKS as JSON, or @path to one' })
  @ArrayMinSize(1, { message: 'at least one key' })
  @ArrayMaxSize(2, { message: 'at most two keys' })
  tokenPublicKeys!: readonly PublicKey[];

  /** Accepts the demo's fixed keys and private destination addresses. */
  @FromEnv('TENURE_DEMO', '0')
  @IsBoolean()
  demo!: boolean;

  /** Who may read /metrics: whoever sends this as a bearer token; unset: see `metricsOpen`. */
  @FromEnv('METRICS_TOKEN', undefined, { secret: true })
  @IsOptional()
  @MinLength(16, { message: 'at least 16 characters' })
  metricsToken?: string;

  /** Whether /metrics is there without METRICS_TOKEN: not where the port is the public's. */
  get metricsOpen(): boolean {
    return true;
  }

  /** How long requests and batches may take to end when the process is asked to stop. */
  @FromEnv('SHUTDOWN_MS', '10000')
  @IsInt()
  @Min(0)
  shutdownMs!: number;

  /** How long to stay reachable, but not ready, before the end begins: what a load balancer needs to notice. */
  @FromEnv('SHUTDOWN_DELAY_MS', '0')
  @IsInt()
  @Min(0)
  shutdownDelayMs!: number;

  @FromEnv('LOG_LEVEL', 'info')
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  logLevel!: string;

  /** Largest request body, bytes; a service that takes larger ones declares the property again. */
  @FromEnv('HTTP_BODY_LIMIT', '1048576')
  @IsInt()
  @Min(1_024)
  bodyLimit!: number;

  /** A request that has not arrived completely after this time is refused. */
  @FromEnv('HTTP_REQUEST_TIMEOUT_MS', '30000')
  @IsInt()
  @Min(100)
  requestTimeoutMs!: number;

  /** Addresses or networks of proxies whose X-Forwarded-For is believed. */
  @FromEnv('TRUST_PROXY', '')
  @IsArray()
  trustProxy!: string[];

  /** Requests a caller (or, signed out, an address) may make in a minute; 0 = no limit. */
  @FromEnv('RATE_LIMIT_PER_MINUTE', '1200')
  @IsInt()
  @Min(0)
  rateLimitPerMinute!: number;

  /** Says where the process runs; `test` alone means something, see below. */
  @FromEnv('NODE_ENV', 'production')
  @IsString()
  nodeEnv!: string;

  /**
   * Applies every record, also one that was applied before: the control run that shows that the tests of "nothing is
   * counted twice" would notice. Refused outside of tests.
   */
  @FromEnv('TENURE_UNSAFE_NO_DEDUPE', '0')
  @IsBoolean()
  @ValidateIf((config: ServiceConfig) => config.nodeEnv !== 'test')
  @Equals(false, { message: '0: duplicates may be let through in tests only (NODE_ENV=test)' })
  unsafeNoDedupe!: boolean;
}

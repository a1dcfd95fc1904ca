import { FromEnv, ServiceConfig } from '@tenure/platform';
import { IsInt, IsOptional, IsUrl, Max, Min } from 'class-validator';

/** Settings of ingestion beside those of every service. */
export class IngestionConfig extends ServiceConfig {
  /** Largest event, bytes of its JSON. */
  @FromEnv('EVENT_LIMIT_BYTES', '32768')
  @IsInt()
  @Min(1_024)
  @Max(131_072)
  eventLimitBytes!: number;

  /** Largest batch, bytes of its JSON after decompression. */
  @FromEnv('BATCH_LIMIT_BYTES', '512000')
  @IsInt()
  @Min(1_024)
  @Max(8_388_608)
  batchLimitBytes!: number;

  /** Most items of a batch: a refused one is answered and kept, which costs hundreds of times the bytes it may have. */
  @FromEnv('BATCH_LIMIT_ITEMS', '10000')
  @IsInt()
  @Min(1)
  @Max(100_000)
  batchLimitItems!: number;

  /** How long a looked-up membership is used without asking again; other processes are told of changes at once. */
  @FromEnv('DIRECTORY_CACHE_MS', '2000')
  @IsInt()
  @Min(0)
  @Max(60_000)
  directoryCacheMs!: number;

  /** Most memberships kept in memory. */
  @FromEnv('DIRECTORY_CACHE_SIZE', '50000')
  @IsInt()
  @Min(1)
  directoryCacheSize!: number;

  /** Days after which a held event is rejected with `account-unknown`. */
  @FromEnv('HELD_DAYS', '35')
  @IsInt()
  @Min(1)
  @Max(365)
  heldDays!: number;

  /** Most held events of one tenant; beyond it the oldest are rejected. */
  @FromEnv('HELD_CAPACITY', '1000000')
  @IsInt()
  @Min(1)
  heldCapacity!: number;

  /** Days that rejected events are kept. */
  @FromEnv('REJECTS_DAYS', '35')
  @IsInt()
  @Min(1)
  @Max(365)
  rejectsDays!: number;

  /** Most events a second of a source for which its admin has set nothing else; 0: no limit. */
  @FromEnv('SOURCE_EVENTS_PER_SECOND', '0')
  @IsInt()
  @Min(0)
  sourceEventsPerSecond!: number;

  /** Most events a second of a tenant, all its sources together; 0: no limit. */
  @FromEnv('TENANT_EVENTS_PER_SECOND', '0')
  @IsInt()
  @Min(0)
  tenantEventsPerSecond!: number;

  /** How many processes share the limits: each takes that part of them. */
  @FromEnv('INGESTION_PROCESSES', '1')
  @IsInt()
  @Min(1)
  @Max(1_000)
  ingestionProcesses!: number;

  /** Hours that a rotated write key still works beside its successor. */
  @FromEnv('KEY_OVERLAP_HOURS', '24')
  @IsInt()
  @Min(0)
  @Max(720)
  keyOverlapHours!: number;

  /** Items of a watched source that one process keeps a second. */
  @FromEnv('LIVE_ITEMS_PER_SECOND', '20')
  @IsInt()
  @Min(1)
  @Max(1_000)
  liveItemsPerSecond!: number;

  /** Most event names of a tenant's catalogue; what finds no place is counted under one line. */
  @FromEnv('CATALOGUE_NAMES', '2000')
  @IsInt()
  @Min(1)
  @Max(20_000)
  catalogueNames!: number;

  /** Most properties of one event name in the catalogue. */
  @FromEnv('CATALOGUE_PROPERTIES', '50')
  @IsInt()
  @Min(1)
  @Max(500)
  catalogueProperties!: number;

  /**
   * Seals the secrets of webhook sources: 32 bytes in base64. Two with a comma between while they are changed: the first
   * seals, both open. Without it no such source can be made.
   */
  @FromEnv('TENURE_SECRETS_KEY', undefined, { secret: true, parse: parseSecretsKeys })
  @IsOptional()
  secretsKeys?: readonly Buffer[];

  /** Where vendors reach this service: part of the addresses that are pasted there, and of what HubSpot signs. */
  @FromEnv('TENURE_INGESTION_PUBLIC_URL', 'http://localhost:4001')
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  publicUrl!: string;

  /** Largest file of an import, unpacked bytes. */
  @FromEnv('IMPORT_LIMIT_BYTES', '2147483648')
  @IsInt()
  @Min(1_024)
  importLimitBytes!: number;

  /** Most rows of such a file: how often each row has been there is kept in memory, 10 to 30 bytes a row. */
  @FromEnv('IMPORT_LIMIT_ROWS', '5000000')
  @IsInt()
  @Min(1)
  @Max(50_000_000)
  importLimitRows!: number;

  /** An import with more refused rows is given up: something is wrong with the whole file. */
  @FromEnv('IMPORT_ERRORS_LIMIT', '10000')
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  importErrorsLimit!: number;

  /** Files that one process takes at the same time. */
  @FromEnv('IMPORTS_AT_ONCE', '4')
  @IsInt()
  @Min(1)
  @Max(100)
  importsAtOnce!: number;

  /** How long an import waits for Kafka or the database before it is interrupted. */
  @FromEnv('IMPORT_PATIENCE_SECONDS', '300')
  @IsInt()
  @Min(1)
  @Max(86_400)
  importPatienceSeconds!: number;
}

function parseSecretsKeys(text: string): readonly Buffer[] {
  const keys = text.split(',').map((part) => Buffer.from(part.trim(), 'base64'));
  if (keys.length <= 2 && keys.every((key) => key.length === 32)) return keys;
  throw new Error(
    'is wrong, expected: 32 bytes in base64 (openssl rand -base64 32), or two of them with a comma between',
  );
}

import { IsInt, IsOptional, Max } from 'class-validator';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FromEnv } from './from-env';
import { ConfigError, loadConfig, type Environment } from './load-config';
import { ServiceConfig } from './service.config';

class HealthConfig extends ServiceConfig {
  @FromEnv('RESCORE_BATCH', '500')
  @IsInt()
  @Max(1_000)
  rescoreBatch!: number;

  @FromEnv('SMTP_PASSWORD', undefined, { secret: true })
  @IsOptional()
  smtpPassword?: string;
}

const key = { kty: 'OKP', crv: 'Ed25519', kid: 'one', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const complete: Environment = {
  DATABASE_URL: 'postgres://app:pw@127.0.0.1:15432/tenure_health',
  TENURE_TOKEN_PUBLIC_KEYS: JSON.stringify({ keys: [key] }),
};

const load = (env: Environment = {}) => loadConfig(HealthConfig, { ...complete, ...env }, 'health');

function faults(env: Environment): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('a configuration', () => {
  it('takes the defaults for what is not set, or set to nothing', () => {
    const config = load({ RESCORE_BATCH: '' });
    expect(config).toMatchObject({ service: 'health', port: 4002, host: '127.0.0.1', rescoreBatch: 500, demo: false });
    expect(config).toMatchObject({ sessionTimeoutMs: 10_000, heartbeatMs: 3_000, rebalanceTimeoutMs: 15_000 });
    expect(config.kafkaBrokers).toEqual(['127.0.0.1:19092']);
    expect(config.kafkaClientId).toBe('tenure-health');
    expect(config.databaseOwnerUrl).toBeUndefined();
  });

  it('turns text into what the property is', () => {
    const config = load({ KAFKA_BROKERS: 'a:1, b:2', TENURE_DEMO: '1', RESCORE_BATCH: '7' });
    expect(config).toMatchObject({ kafkaBrokers: ['a:1', 'b:2'], demo: true, rescoreBatch: 7 });
    expect(config.tokenPublicKeys).toEqual([key]);
  });

  it('prefers PORT to the service’s own variable, and that to the published port', () => {
    expect(load({ HEALTH_PORT: '5002' }).port).toBe(5_002);
    expect(load({ HEALTH_PORT: '5002', PORT: '0' }).port).toBe(0);
  });

  it('names every variable that is wrong, what was found and what is expected', () => {
    const found = faults({
      HEALTH_PORT: 'http',
      KAFKA_BROKERS: 'nowhere',
      RESCORE_BATCH: '5000',
      TENURE_DEMO: 'maybe',
    });
    expect(found).toHaveLength(4);
    expect(found.join('\n')).toMatch(/HEALTH_PORT is "http", expected: .*integer/);
    expect(found.join('\n')).toContain('KAFKA_BROKERS is "nowhere", expected: host:port');
    expect(found.join('\n')).toContain('RESCORE_BATCH is "5000", expected: must not be greater than 1000');
    expect(found.join('\n')).toContain('TENURE_DEMO is "maybe", expected: 1 or 0');
  });

  it('says what is missing', () => {
    expect(faults({ DATABASE_URL: undefined })).toEqual([
      'DATABASE_URL is not set, expected: postgres://user:password@host:port/database',
    ]);
  });

  it('never shows a secret', () => {
    const [fault] = faults({ DATABASE_URL: 'mysql://me:hunter2@db' });
    expect(fault).toContain('DATABASE_URL is wrong');
    expect(fault).not.toContain('hunter2');
  });

  it('reads a secret from the file that NAME_FILE names, and no other variable', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'tenure-config-')), 'password');
    writeFileSync(path, 'from the file\n');
    expect(load({ SMTP_PASSWORD_FILE: path }).smtpPassword).toBe('from the file');
    expect(load({ RESCORE_BATCH_FILE: path }).rescoreBatch).toBe(500);
    expect(faults({ SMTP_PASSWORD_FILE: '/nowhere' })[0]).toContain('SMTP_PASSWORD cannot be read from the file');
  });

  it.each([
    ['text that is no JSON', '{', 'is not JSON'],
    ['a private key', JSON.stringify({ keys: [{ ...key, d: 'private' }] }), 'holds a private key'],
    ['a key of another kind', JSON.stringify({ keys: [{ ...key, crv: 'X25519' }] }), 'a key of another kind'],
    ['three keys', JSON.stringify({ keys: [key, key, key] }), 'at most two keys'],
    ['no key', JSON.stringify({ keys: [] }), 'at least one key'],
    ['a file that is not there', '@/nowhere', 'cannot be read'],
  ])('refuses as public keys %s', (_name, text, expected) => {
    expect(faults({ TENURE_TOKEN_PUBLIC_KEYS: text })).toEqual([expect.stringContaining(expected)]);
  });
});

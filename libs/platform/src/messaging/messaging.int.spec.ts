import { Module } from '@nestjs/common';
import { type Envelope, topics, type UsageRecorded } from '@tenure/contracts';
import { build, eventually, freshDatabase, TestKafka, type TestDatabase, testPublicKeys } from '@tenure/testing';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';

import { ServiceConfig } from '../config/service.config';
import { tenantTable } from '../database/tables';
import { platformMigrations } from '../run-service/platform-migrations';
import { type RunningService, startService } from '../run-service/start-service';
import { type BatchContext, Consume, Consumers } from './consume.decorator';

class Counts1770000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table counts (tenant_id text, account_id text, n int not null, primary key (tenant_id, account_id))',
    );
    await tenantTable(runner, 'counts');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table counts');
  }
}

/** Counts events by account; an event named `poison` throws, `broken` makes Postgres refuse the data. */
@Consumers()
class CountingConsumer {
  static healed = false;

  @Consume(topics.usageEvents)
  async count(batch: readonly Envelope<UsageRecorded>[], { tx }: BatchContext): Promise<void> {
    for (const event of batch) {
      await tx.query(
        `insert into counts values ($1, $2, 1) on conflict (tenant_id, account_id) do update set n = counts.n + 1`,
        [event.tenantid, event.subject],
      );
      if (CountingConsumer.healed) continue;
      if (event.data.event === 'poison') throw new Error('this event cannot be applied');
      if (event.data.event === 'broken') await tx.query(`select 'x'::int`);
    }
  }
}

@Module({ providers: [CountingConsumer] })
class CountingModule {}

const definition = { config: ServiceConfig, module: CountingModule, migrations: [Counts1770000000000] };

describe('the consumer chain on real Kafka and Postgres', () => {
  let db: TestDatabase;
  let kafka: TestKafka;
  let service: RunningService | undefined;

  beforeEach(async () => {
    CountingConsumer.healed = false;
    kafka = new TestKafka();
    await kafka.createTopics();
    db = await freshDatabase('health', [...platformMigrations, ...definition.migrations]);
  });

  afterEach(async () => {
    await service?.stop();
    await kafka.close();
    await db.drop();
  });

  const start = async (): Promise<void> => {
    service = await startService('health', definition, {
      ...kafka.env,
      PORT: '0',
      DATABASE_URL: db.url,
      TENURE_TOKEN_PUBLIC_KEYS: testPublicKeys,
      LOG_LEVEL: 'silent',
      KAFKA_REBALANCE_TIMEOUT_MS: '2000',
    });
  };

  const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> => {
    const client = new Client({ connectionString: db.adminUrl });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as T[];
    } finally {
      await client.end();
    }
  };
  const total = async (): Promise<number> =>
    Number((await sql<{ n: string }>('select coalesce(sum(n), 0) as n from counts'))[0]?.n);

  const usage = (id: string, event = 'Report Exported', account = 'acme-1'): Envelope =>
    build.usage({ event }, { id, account });

  it('applies each event once, whatever is sent twice', async () => {
    await start();
    await kafka.produce(usage('1'), usage('2'), usage('1'));
    await kafka.produce(usage('2'), usage('3'));
    await eventually(async () => expect(await total()).toBe(3));
    expect(await sql('select * from system.seen_ids')).toHaveLength(3);
  });

  it.each(['poison', 'broken'])('makes a %s event a dead letter and applies all others', async (kind) => {
    await start();
    const letters = await kafka.consume('usage-events.v1.tenure.health.dlq');
    await kafka.produce(usage('1'), usage('2', kind), usage('3'), usage('4'));
    await eventually(async () => expect(await total()).toBe(3));
    const [letter] = await sql<{ event_id: string; code: string }>('select * from system.dead_letters');
    expect(letter).toMatchObject({ event_id: '2', tenant_id: 'acme', group_name: 'tenure.health' });
    await eventually(() => expect(letters.records).toHaveLength(1));
  });

  it('publishes dead letters that are more than a broker takes, alone or together', async () => {
    await start();
    const letters = await kafka.consume('usage-events.v1.tenure.health.dlq');
    const key = 'acme:acme-1';
    await kafka.produceRaw(topics.usageEvents.name, { key, value: Buffer.alloc(900_000, 0xff) });
    for (let n = 0; n < 30; n += 1) await kafka.produceRaw(topics.usageEvents.name, { key, value: 'x'.repeat(50_000) });
    await kafka.produce(usage('1'));
    await eventually(async () => expect(await total()).toBe(1));
    await eventually(() => expect(letters.records).toHaveLength(31));
    expect(await sql('select 1 from system.dead_letters where length(record_value) = 900000')).toHaveLength(1);
  });

  it('applies a dead letter once it is replayed', async () => {
    await start();
    await kafka.produce(usage('1', 'poison'), usage('2'));
    await eventually(async () => expect(await sql('select 1 from system.dead_letters')).toHaveLength(1));
    CountingConsumer.healed = true;
    await sql('update system.dead_letters set replay_requested_at = now()');
    await sql(`notify tenure_dead_letters`);
    await eventually(async () => expect(await total()).toBe(2));
    expect(
      (await sql<{ replayed_at: Date | null }>('select replayed_at from system.dead_letters'))[0]?.replayed_at,
    ).not.toBeNull();
  });

  it('refuses what is not an event, belongs to another tenant or lies on the wrong partition', async () => {
    await start();
    const foreign = { ...usage('5'), tenantid: 'other' };
    await kafka.produceRaw(topics.usageEvents.name, { key: 'acme:acme-1', value: 'not json' });
    await kafka.produceRaw(topics.usageEvents.name, { key: 'acme:acme-1', value: JSON.stringify(foreign) });
    await kafka.produceRaw(topics.usageEvents.name, {
      key: 'acme:acme-1',
      value: JSON.stringify(usage('6')),
      partition: await wrongPartition(),
    });
    await kafka.produce(usage('7'));
    await eventually(async () => {
      expect(await total()).toBe(1);
      const codes = await sql<{ code: string }>('select code from system.dead_letters order by code');
      expect(codes.map((row) => row.code)).toEqual(['not-json', 'tenant-mismatch', 'wrong-partition']);
    });
  });

  it('goes on where it stood after a restart, and applies nothing twice', async () => {
    await start();
    await kafka.produce(usage('1'), usage('2'));
    await eventually(async () => expect(await total()).toBe(2));
    await service?.stop();
    await kafka.produce(usage('3'));
    await start();
    await eventually(async () => expect(await total()).toBe(3));
    await sql('select 1');
    expect(await total()).toBe(3);
  });

  it('stops a partition whose log was replaced, until an operator resets the fence', async () => {
    await start();
    await kafka.produce(usage('1'), usage('2'));
    await eventually(async () => expect(await total()).toBe(2));
    await service?.stop();
    await kafka.withAdmin(async (admin) => admin.deleteTopics({ topics: [kafka.onBroker(topics.usageEvents.name)] }));
    await eventually(() => kafka.createTopics());
    await kafka.produce(usage('8'), usage('9'), usage('10'));
    await start();
    await eventually(async () => {
      const answer = await fetch(`${service?.url}/health/ready`);
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain('log-replaced');
    });
    expect(await total()).toBe(2);
    await sql('update system.fence set reset_requested_at = now() where topic = $1', [topics.usageEvents.name]);
    await eventually(async () => expect(await total()).toBe(5));
  });

  async function wrongPartition(): Promise<number> {
    const { partitionOf } = await import('./partitioner');
    return (partitionOf(Buffer.from('acme:acme-1'), topics.usageEvents.partitions) + 1) % topics.usageEvents.partitions;
  }
});

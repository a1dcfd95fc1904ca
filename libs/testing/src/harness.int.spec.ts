import { topics } from '@tenure/contracts';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { build } from './builders/input-events';
import { freshDatabase } from './database/fresh-database';
import { TestKafka } from './kafka/test-kafka';

class Things1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table things (id int primary key)');
    await runner.query('grant select on things to test_harness_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table things');
  }
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the test harness', () => {
  it('gives each suite a migrated database of its own', async () => {
    const [one, two] = await Promise.all([
      freshDatabase('harness', [Things1700000000000]),
      freshDatabase('harness', [Things1700000000000]),
    ]);
    await ask(one.ownerUrl, 'insert into things values (1)');
    await expect(ask(one.url, 'select id from things')).resolves.toEqual([{ id: 1 }]);
    await expect(ask(two.url, 'select id from things')).resolves.toEqual([]);
    await Promise.all([one.drop(), two.drop()]);
  });

  it('gives the application a role that owns nothing and that ends what hangs', async () => {
    const database = await freshDatabase('harness', [Things1700000000000]);
    await expect(ask(database.url, 'create table mine (id int)')).rejects.toThrow('permission denied');
    await expect(ask(database.url, 'drop table things')).rejects.toThrow('must be owner');
    await expect(ask(database.url, 'show idle_in_transaction_session_timeout')).resolves.toEqual([
      { idle_in_transaction_session_timeout: '15s' },
    ]);
    await database.drop();
  });

  it('carries events over a real broker, on topics of the suite alone', async () => {
    const kafka = new TestKafka();
    await kafka.createTopics([topics.usageEvents]);
    const sent = [build.usage({ event: 'One' }), build.usage({ event: 'Two' })];
    await kafka.produce(...sent);
    const collector = await kafka.consume(topics.usageEvents);
    await expect(collector.waitFor(2)).resolves.toEqual(sent);
    await kafka.close();
    await expect(kafka.withAdmin((admin) => admin.listTopics())).resolves.not.toContain(
      kafka.onBroker('usage-events.v1'),
    );
  });
});

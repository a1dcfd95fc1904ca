import { usageRecorded } from '@tenure/contracts';
import { freshDatabase, type TestDatabase } from '@tenure/testing';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';

import { Clock } from '../clock/clock';
import { ServiceConfig } from '../config/service.config';
import { Outbox } from '../outbox/outbox';
import { platformMigrations } from '../run-service/platform-migrations';
import { Database } from './database';
import { tenantTable } from './tables';
import type { Tx } from './tx';

class Notes1770000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table notes (tenant_id text, text text, primary key (tenant_id, text))');
    await tenantTable(runner, 'notes');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notes');
  }
}

const event = {
  tenant: 'acme',
  account: 'a-1',
  id: 'e-1',
  time: new Date('2026-03-02T10:00:00Z'),
  data: { accountId: 'a-1', event: 'Noted' },
};

describe('A transaction', () => {
  let db: TestDatabase;
  let database: Database;
  let admin: Client;
  const outbox = new Outbox(Object.assign(new ServiceConfig(), { service: 'health' }), new Clock());

  beforeAll(async () => {
    db = await freshDatabase('health', [...platformMigrations, Notes1770000000000]);
    database = await Database.connect({ url: db.url, poolSize: 2, applicationName: 'test' });
    admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
  });

  afterEach(() => admin.query('truncate notes, system.outbox'));

  afterAll(async () => {
    await admin?.end();
    await database?.close();
    await db?.drop();
  });

  const note = (tx: Tx, text: string, tenant = 'acme') => tx.query('insert into notes values ($1, $2)', [tenant, text]);
  const kept = async (): Promise<{ notes: string[]; events: number }> => {
    const notes = await admin.query<{ text: string }>('select text from notes order by text');
    const events = await admin.query<{ n: number }>('select count(*)::int as n from system.outbox');
    return { notes: notes.rows.map(({ text }) => text), events: events.rows[0]?.n ?? -1 };
  };

  it('that ends well leaves its state and its event', async () => {
    await database.write(['acme'], async (tx) => {
      await note(tx, 'kept');
      await outbox.add(tx, usageRecorded, event);
    });
    expect(await kept()).toEqual({ notes: ['kept'], events: 1 });
  });

  it('that throws leaves nothing: no state, and no event to publish', async () => {
    const heard: string[] = [];
    admin.on('notification', ({ channel }) => heard.push(channel));
    await admin.query('listen tenure_outbox');
    const work = database.write(['acme'], async (tx) => {
      await note(tx, 'gone');
      await outbox.add(tx, usageRecorded, event);
      throw new Error('a second thought');
    });
    await expect(work).rejects.toThrow('a second thought');
    expect(await kept()).toEqual({ notes: [], events: 0 });
    expect(heard).toEqual([]);
  });

  it('that Postgres refused leaves nothing of what came before', async () => {
    const work = database.write(['acme'], async (tx) => {
      await note(tx, 'twice');
      await outbox.add(tx, usageRecorded, event);
      await note(tx, 'twice');
    });
    await expect(work).rejects.toMatchObject({ driverError: { code: '23505' } });
    expect(await kept()).toEqual({ notes: [], events: 0 });
  });

  it.each(['commit', 'rollback'])('takes no statement after its %s', async (end) => {
    let left: Tx | undefined;
    const work = database.write(['acme'], async (tx) => {
      left = tx;
      if (end === 'rollback') throw new Error('no');
    });
    await work.catch(() => undefined);
    await expect(note(left!, 'late')).rejects.toThrow('The transaction is over');
    await expect(outbox.add(left!, usageRecorded, event)).rejects.toThrow('The transaction is over');
    expect(await kept()).toEqual({ notes: [], events: 0 });
  });

  it('sees and writes its own tenants only, and the next one on the same connection does not inherit them', async () => {
    await admin.query(`insert into notes values ('acme', 'ours'), ('globex', 'theirs')`);
    const texts = (tx: Tx) => tx.query<{ text: string }>('select text from notes order by text');
    for (let turn = 0; turn < 20; turn += 1) {
      expect(await database.read(['globex'], texts)).toEqual([{ text: 'theirs' }]);
      expect(await database.system(texts)).toEqual([]);
      expect(await database.read(['acme', 'globex'], texts)).toEqual([{ text: 'ours' }, { text: 'theirs' }]);
    }
    await expect(database.write(['acme'], (tx) => note(tx, 'smuggled', 'globex'))).rejects.toThrow(
      'row-level security',
    );
    await expect(database.read(['acme'], (tx) => note(tx, 'written'))).rejects.toThrow('read-only transaction');
  });
});

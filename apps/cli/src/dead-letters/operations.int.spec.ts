import { randomUUID } from 'node:crypto';
import { platformMigrations } from '@tenure/platform';
import { eventually, freshDatabase, type TestDatabase } from '@tenure/testing';
import { Client } from 'pg';
import { runTenure } from '../tenure.controller';

let database: TestDatabase;
let service: Client;
const notices: string[] = [];
const letters = [randomUUID(), randomUUID(), randomUUID()] as const;

beforeAll(async () => {
  database = await freshDatabase('health', platformMigrations);
  // What the service would see, with the rights that it has.
  service = new Client({ connectionString: database.url });
  await service.connect();
  service.on('notification', ({ channel }) => notices.push(channel));
  await service.query('listen tenure_dead_letters');
  for (const [offset, id] of letters.entries()) {
    await service.query(
      `insert into system.dead_letters (id, group_name, topic, partition, record_offset, record_key, record_value, record_time,
         headers, tenant_id, source, event_id, code, reason, attempts, failed_at)
       values ($1, 'tenure.health', 'usage-events.v1', 3, $2, 'acme:1', $3, now(), '{}', 'acme', '/s', 'e', $4, 'It broke.', 1, now())`,
      [id, offset, Buffer.from('{"id":"e"}'), offset === 2 ? 'invalid' : 'handler-failed'],
    );
  }
  await service.query(
    `insert into system.fence (group_name, topic, partition, generation, next_offset) values ('tenure.health', 'usage-events.v1', 3, 2, 42)`,
  );
});

afterAll(async () => {
  await service?.end();
  await database?.drop();
});

async function tenure(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const code = await runTenure(['--health-database', database.url, ...args, '--service', 'health', '--json'], terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const answer = async <T>(...args: string[]) => JSON.parse((await tenure(...args)).out) as T;
const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id).toSorted((a, b) => a.localeCompare(b));

describe('tenure dead-letters', () => {
  it('lists them, by code and by state', async () => {
    const all = await answer<{ id: string }[]>('dead-letters', 'list');
    expect(ids(all)).toEqual(ids(letters.map((id) => ({ id }))));
    expect(await answer('dead-letters', 'list', '--code', 'invalid')).toMatchObject([
      { id: letters[2], state: 'open' },
    ]);
    expect(await answer('dead-letters', 'list', '--state', 'replayed')).toEqual([]);
  });

  it('shows one with its record', async () => {
    const letter = await answer('dead-letters', 'show', letters[0]);
    expect(letter).toMatchObject({ reason: 'It broke.', key: 'acme:1', value: '{\n  "id": "e"\n}', offset: '0' });
    expect(await tenure('dead-letters', 'show', randomUUID())).toMatchObject({ code: 1 });
  });

  it('asks the service to handle one again, and says that it did', async () => {
    const replay = tenure('dead-letters', 'replay', letters[0], '--wait', '10');
    await eventually(() => expect(notices).toEqual(['tenure_dead_letters']));
    await service.query(`update system.dead_letters set replayed_at = now() where replay_requested_at is not null`);
    const { code, out } = await replay;
    expect([code, JSON.parse(out)]).toEqual([0, { requested: 1, replayed: 1, failed: 0, waiting: 0 }]);
    expect(await tenure('dead-letters', 'replay', letters[0])).toMatchObject({ code: 1 });
  });

  it('ends with 1 where one failed again', async () => {
    const replay = tenure('dead-letters', 'replay', '--all', '--code', 'invalid');
    await eventually(async () => {
      const done = await service.query(
        `update system.dead_letters set replay_requested_at = null, attempts = 2 where replay_requested_at is not null and replayed_at is null`,
      );
      expect(done.rowCount).toBe(1);
    });
    expect(await replay).toMatchObject({ code: 1, err: expect.stringContaining('failed again') });
    const [untouched] = await answer<{ state: string }[]>(
      'dead-letters',
      'list',
      '--state',
      'open',
      '--code',
      'handler-failed',
    );
    expect(untouched).toMatchObject({ id: letters[1] });
  });
});

describe('tenure fence', () => {
  it('shows where a service stands, and asks it to begin again', async () => {
    expect(await answer('fence', 'show')).toMatchObject([{ topic: 'usage-events.v1', partition: 3, nextOffset: '42' }]);
    expect((await tenure('fence', 'reset', '--topic', 'usage-events.v1', '--partition', '3')).code).toBe(0);
    const { rows } = await service.query(`select reset_requested_at is not null as asked from system.fence`);
    expect(rows).toEqual([{ asked: true }]);
    expect((await tenure('fence', 'reset', '--topic', 'usage-events.v1', '--partition', '4')).code).toBe(1);
  });
});

describe('A database', () => {
  it('that is not there is named by its variable, without its password', async () => {
    const err: string[] = [];
    const terminal = { out: () => undefined, err: (text: string) => void err.push(text) };
    const wrong = 'postgres://tenure:secret-password@127.0.0.1:9/none';
    const code = await runTenure(['--health-database', wrong, 'fence', 'show', '--service', 'health'], terminal);
    expect([code, err.join('')]).toEqual([1, expect.stringContaining('TENURE_HEALTH_DATABASE_URL')]);
    expect(err.join('')).not.toContain('secret-password');
  });
});

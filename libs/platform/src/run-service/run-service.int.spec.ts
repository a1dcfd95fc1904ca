import { Body, Controller, Get, Injectable, Module, Post } from '@nestjs/common';
import { callerToken, freshDatabase, infra, testPublicKeys, type TestDatabase } from '@tenure/testing';
import { IsString } from 'class-validator';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Caller, type CallerIdentity } from '../auth/caller';
import { Public, writers, Roles } from '../auth/roles';
import { ServiceConfig } from '../config/service.config';
import { Database } from '../database/database';
import { tenantTable } from '../database/tables';
import { Readiness } from '../http/readiness';
import type { ServiceDefinition } from './service-definition';
import { startService, type RunningService } from './start-service';

class Notes1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table notes (tenant_id text, note_id uuid, text text, primary key (tenant_id, note_id))',
    );
    await tenantTable(runner, 'notes');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notes');
  }
}

class NewNote {
  @IsString()
  text!: string;
}

@Injectable()
class NotesHandler {
  constructor(private readonly database: Database) {}

  async write(tenant: string, text: string): Promise<{ count: number }> {
    return this.database.write([tenant], async (tx) => {
      await tx.query('insert into notes values ($1, $2, $3)', [tenant, randomUUID(), text]);
      if (text === 'bad') throw new Error('after the insert');
      const [row] = await tx.query<{ count: string }>('select count(*) from notes');
      return { count: Number(row?.count) };
    });
  }
}

@Controller('api/v1/notes')
class NotesController {
  constructor(private readonly handler: NotesHandler) {}

  @Post()
  @Roles(...writers)
  write(@Body() note: NewNote, @Caller() caller: CallerIdentity) {
    return this.handler.write(caller.tenant, note.text);
  }

  @Get('slow')
  @Public()
  async slow() {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { done: true };
  }
}

@Module({ controllers: [NotesController], providers: [NotesHandler] })
class NotesModule {}

const definition: ServiceDefinition = { config: ServiceConfig, module: NotesModule, migrations: [Notes1790000000000] };

let database: TestDatabase;
let service: RunningService;

beforeAll(async () => {
  database = await freshDatabase('notes', []);
  service = await startService('notes', definition, {
    PORT: '0',
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    KAFKA_BROKERS: infra().brokers.join(','),
    TOPIC_PREFIX: `t${randomUUID().slice(0, 8)}.`,
    TENURE_TOKEN_PUBLIC_KEYS: testPublicKeys,
    LOG_LEVEL: 'warn',
  });
});

afterAll(async () => {
  await service?.stop();
  await database?.drop();
});

async function write(text: string, key?: string, subject = 'person-1'): Promise<Response> {
  const token = await callerToken('notes', { subject });
  return fetch(`${service.url}/api/v1/notes`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify({ text }),
  });
}

describe('a started service', () => {
  it('has migrated itself and is ready', async () => {
    const answer = await fetch(`${service.url}/health/ready`);
    expect(await answer.json()).toMatchObject({
      ok: true,
      checks: { database: { ok: true }, consumers: { ok: true } },
    });
  });

  it('does a write once for an Idempotency-Key, and gives the same answer again', async () => {
    const first = await write('one', 'key-1');
    expect([first.status, await first.json()]).toEqual([201, { count: 1 }]);
    const again = await write('one', 'key-1');
    expect([again.status, await again.json()]).toEqual([201, { count: 1 }]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await (await write('two')).json()).toEqual({ count: 2 });
  });

  it('refuses the key for another request, and keeps it apart for another caller', async () => {
    const other = await write('other', 'key-1');
    expect([other.status, await other.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'idempotency-conflict' }),
    ]);
    expect((await write('other', 'key-1', 'person-2')).status).toBe(201);
  });

  it('does it once when the same request comes twice at the same time', async () => {
    const answers = await Promise.all([write('same', 'key-2'), write('same', 'key-2')]);
    const statuses = answers.map((answer) => answer.status).toSorted((a, b) => a - b);
    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses);
    expect(
      answers.filter((answer) => answer.status === 201 && !answer.headers.get('idempotency-replayed')),
    ).toHaveLength(1);
  });

  it('frees the key after a failure', async () => {
    expect((await write('bad', 'key-3')).status).toBe(500);
    expect((await write('good', 'key-3')).status).toBe(201);
  });

  it('answers what it has when it is stopped, and takes nothing new', async () => {
    const slow = fetch(`${service.url}/api/v1/notes/slow`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const stopped = service.stop();
    expect(service.app.get(Readiness).stopping.aborted).toBe(true);
    expect(await (await slow).json()).toEqual({ done: true });
    await stopped;
    await expect(fetch(`${service.url}/health/live`)).rejects.toThrow('fetch failed');
  });
});

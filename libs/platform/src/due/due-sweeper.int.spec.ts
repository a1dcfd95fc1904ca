import { FixedClock, freshDatabase, type TestDatabase } from '@tenure/testing';

import { ServiceConfig } from '../config/service.config';
import { Database } from '../database/database';
import { Notifications } from '../database/notifications';
import { Logger } from '../logging/logger';
import { ConsumerState } from '../messaging/consumer-state';
import { platformMigrations } from '../run-service/platform-migrations';
import { Accounts1760000000001 } from '../state/accounts.migration';
import { armDue } from './due-index';
import { DueSources, DueSweeper } from './due-sweeper';

const now = '2026-06-10T12:00:00.000Z';
const hourMs = 3_600_000;

describe('the due sweeper', () => {
  let db: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    db = await freshDatabase('health', [...platformMigrations, Accounts1760000000001]);
    database = await Database.connect({ url: db.url, poolSize: 2, applicationName: 'due' });
  });
  afterAll(async () => {
    await database.close();
    await db.drop();
  });

  it('evaluates every account but the one that throws, which it takes up again an hour later', async () => {
    const clock = new FixedClock(now);
    const logger = Logger.create('health', 'silent');
    const notifications = new Notifications(new ServiceConfig(), logger);
    const sweeper = new DueSweeper(new DueSources(database, notifications, new ConsumerState()), clock, logger);
    const evaluated: string[] = [];
    let healed = false;
    sweeper.handle('evaluate', (_tx, keys) => {
      if (!healed && keys.some((key) => key.accountId === 'odd')) return Promise.reject(new Error('odd state'));
      evaluated.push(...keys.map((key) => key.accountId));
      return Promise.resolve();
    });
    const accounts = ['a', 'b', 'odd', 'c', 'd'];
    await database.write(['acme'], (tx) =>
      armDue(
        tx,
        accounts.map((accountId) => ({ tenantId: 'acme', accountId, kind: 'evaluate', dueAt: clock.now() })),
      ),
    );
    await sweeper.sweep();
    expect(evaluated.sort()).toEqual(['a', 'b', 'c', 'd']);
    healed = true;
    await sweeper.sweep();
    expect(evaluated).toHaveLength(4);
    clock.advance(hourMs);
    await sweeper.sweep();
    expect(evaluated.at(-1)).toBe('odd');
  });
});

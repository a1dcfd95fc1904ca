import { accountChanged, accountDeleted, accountMerged, type Envelope } from '@tenure/contracts';
import { hashService, platformMigrations, type ReplayOptions, replayService } from '@tenure/platform';
import {
  build,
  buildEnvelope,
  eventually,
  freshDatabase,
  startTestService,
  type TestDatabase,
  TestKafka,
  testPublicKeys,
} from '@tenure/testing';
import { Client } from 'pg';

import { service } from '../health.service';

// Five services start in it, one after the other.
jest.setTimeout(300_000);

const dayMs = 86_400_000;
const noon = Date.parse('2026-06-10T12:00:00.000Z');
const at = (daysAgo: number): { time: string; receivedat: string } => {
  const time = new Date(noon - daysAgo * dayMs).toISOString();
  return { time, receivedat: time };
};

/** What some weeks of a few accounts leave in the log: in time zones, with tickets, a merge, a deletion and a bot. */
function book(): Envelope[] {
  const accounts = Array.from({ length: 8 }, (_, n) => `account-${n}`);
  return [
    ...accounts.map((account, n) =>
      build.account(
        { name: account, timeZone: ['Asia/Tokyo', 'America/New_York', 'UTC'][n % 3] },
        { account, ...at(40) },
      ),
    ),
    ...accounts.flatMap((account, n) =>
      Array.from({ length: 60 }, (_, i) =>
        build.usage(
          {
            userId: `user-${(i * 7 + n) % 5}`,
            event: `Feature ${i % 4}`,
            actorType: i % 19 === 0 ? 'service' : 'human',
          },
          { account, ...at(1 + (i * 13 + n) / 24) },
        ),
      ),
    ),
    ...accounts.flatMap((account) =>
      [12, 5].map((ago) =>
        build.ticket(
          { ticketId: 'ticket-1', change: ago === 5 ? 'escalated' : 'opened', status: 'open', priority: 'urgent' },
          { account, ...at(ago) },
        ),
      ),
    ),
    buildEnvelope(accountMerged, { accountId: 'account-6', intoId: 'account-0' }, { account: 'account-6', ...at(3) }),
    buildEnvelope(accountDeleted, { accountId: 'account-7' }, { account: 'account-7', ...at(0) }),
  ];
}

/** The same events in another order, a third of them twice. */
function shuffled(events: readonly Envelope[], seed: number): Envelope[] {
  const twice = [...events, ...events.filter((_, n) => (n + seed) % 3 === 0)];
  return twice
    .map((event, n) => ({ event, place: Math.imul(n + 1, 2_654_435_761 + seed * 97) >>> 0 }))
    .sort((a, b) => a.place - b.place)
    .map(({ event }) => event);
}

describe('a replay', () => {
  const dbs: TestDatabase[] = [];
  const logs: TestKafka[] = [];
  const events = book();

  afterAll(async () => {
    for (const log of logs) await log.close();
    for (const db of dbs) await db.drop();
  });

  const database = async (): Promise<TestDatabase> => {
    const db = await freshDatabase('health', [...platformMigrations, ...service.migrations]);
    dbs.push(db);
    return db;
  };
  const logOf = async (list: readonly Envelope[]): Promise<TestKafka> => {
    const kafka = new TestKafka();
    logs.push(kafka);
    await kafka.createTopics();
    await kafka.produce(...list);
    return kafka;
  };
  const environment = (db: TestDatabase, kafka: TestKafka): Record<string, string> => ({
    ...kafka.env,
    DATABASE_URL: db.url,
    DATABASE_OWNER_URL: db.ownerUrl,
    TENURE_TOKEN_PUBLIC_KEYS: testPublicKeys,
    LOG_LEVEL: 'warn',
    KAFKA_REBALANCE_TIMEOUT_MS: '2000',
  });
  const replay = (db: TestDatabase, kafka: TestKafka, options: ReplayOptions = {}) =>
    replayService('health', service, { env: environment(db, kafka), ...options });
  const rows = async (db: TestDatabase, sql: string): Promise<unknown[]> => {
    const client = new Client({ connectionString: db.adminUrl });
    await client.connect();
    try {
      return (await client.query(sql)).rows as unknown[];
    } finally {
      await client.end();
    }
  };
  const recorded = (db: TestDatabase) =>
    rows(
      db,
      `select 'alert' as kind, alert_id::text as id, data::text from alerts union all
      select 'score', account_id || day, contributions::text from score_days order by 1, 2`,
    );

  it('comes to one state, whatever the order, the duplicates and the interruptions; what was recorded stays', async () => {
    // Time zones are known before usage, as they are where a CRM is connected first; a replay sees to that by itself.
    const profiles = events.filter((event) => event.type === accountChanged.type);
    const inOrder = await logOf(profiles);
    const live = await startTestService('health', service, { kafka: inOrder, database: await database() });
    const applied = (count: number) =>
      eventually(async () => expect(await rows(live.db, 'select 1 from system.seen_ids')).toHaveLength(count));
    await applied(profiles.length);
    await inOrder.produce(...events.filter((event) => event.type !== accountChanged.type));
    await applied(events.length);
    await live.stop();
    const state = await hashService('health', service, environment(live.db, inOrder));
    const before = await recorded(live.db);
    expect(before.length).toBeGreaterThan(0);

    expect(await replay(live.db, inOrder)).toEqual(state);
    expect(await recorded(live.db)).toEqual(before);

    const stop = new AbortController();
    const broken = await database();
    const second = await logOf(shuffled(events, 1));
    // Stopped once it has begun: a replay of so few events would be at its end before one of them could be waited for.
    const begun = eventually(async () => expect(await rows(broken, 'select 1 from system.rebuilds')).not.toEqual([]));
    const first = replay(broken, second, { stop: stop.signal });
    await begun;
    stop.abort();
    await first;
    await expect(startTestService('health', service, { kafka: second, database: broken })).rejects.toThrow('replay');
    expect(await replay(broken, second)).toEqual(state);
    expect(await replay(await database(), await logOf(shuffled(events, 2)))).toEqual(state);
    expect(await rows(broken, 'select 1 from alerts union all select 1 from system.outbox')).toEqual([]);
  });
});

import type { HealthBody, UsageBody } from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { post, type Posted } from '../client/post';
import { cloudEvent, type Tenant } from '../client/tenant';
import { unless, type Experiment, type Trial } from './experiment';
import { doorOf } from './probe';

const dayMs = 86_400_000;
const later = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** Instants as clocks, libraries and people write them when something is wrong. */
const instants = (): unknown[] => [
  later(dayMs),
  later(-dayMs),
  later(3_652 * dayMs),
  '1970-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  'NaN',
  'Invalid Date',
  '2016-12-31T23:59:60Z',
  '2026-03-29T02:30:00+01:00',
  '2026-10-25T02:30:00Europe/Berlin',
  '2026-02-30T00:00:00Z',
  '2026-01-01',
  0,
  -1,
  1e308,
  Date.now(),
  Math.floor(Date.now() / 1_000),
  null,
  {},
  '',
];

/** Clients whose clocks are wrong: an answer for each, no day of usage that cannot be, no score that jumps. */
export const clocks: Experiment = {
  id: 'B5',
  title: 'clocks off by a day, by ten years, at 1970, NaN, leap second, nights of the clock change, on both APIs',
  async run({ stage, form }: Trial) {
    const tenant = await stage.tenant();
    const door = doorOf(stage, tenant);
    await baseline(tenant);
    const answers: (Posted & { readonly sent: string })[] = [];
    for (const instant of instants()) {
      for (const [path, call] of callsAt(instant, answers.length)) {
        const type = path === '/v1/events' ? 'application/cloudevents+json' : 'application/json';
        const answer = await post(door, path, JSON.stringify(call), { 'content-type': type });
        answers.push({ ...answer, sent: `${path} ${JSON.stringify(instant)}` });
      }
    }
    const odd = answers.filter(({ status }) => ![200, 202, 400].includes(status));
    const accepted = answers.filter(({ status }) => status < 300).length;
    await sendAsNow(tenant, accepted);
    const days = await eventually(() => daysOf(tenant, accepted));
    const jump = await scoreJump(tenant);
    return {
      violations: [
        ...odd.map(({ sent, status }) => `${sent} was answered ${status}`),
        ...impossible(days),
        ...unless(jump <= 1, `a bad clock moved the score by ${jump} points`),
      ],
      facts: { form, sent: answers.length, accepted, refused: answers.length - accepted, scoreJump: jump },
    };
  },
};

/** Two accounts that were used alike for a month. */
async function baseline(tenant: Tenant): Promise<void> {
  for (const accountId of ['steady', 'skewed']) {
    const events = Array.from({ length: 90 }, (_, at) => {
      const time = new Date(Date.now() - ((at % 30) + 0.5) * dayMs);
      return cloudEvent(
        'usage.recorded',
        `base-${accountId}-${at}`,
        { accountId, userId: `u-${at % 3}`, event: 'Viewed' },
        time,
      );
    });
    const { status } = await tenant.send(events);
    if (status !== 202) throw new Error(`The baseline was answered ${status}.`);
  }
}

/** The other account does as much, by a right clock. */
async function sendAsNow(tenant: Tenant, count: number): Promise<void> {
  const data = { accountId: 'steady', userId: 'u-0', event: 'Viewed' };
  await tenant.send(Array.from({ length: count }, (_, at) => cloudEvent('usage.recorded', `now-${at}`, data)));
}

function callsAt(instant: unknown, number: number): [string, object][] {
  const track = { userId: 'u-0', event: 'Viewed', context: { groupId: 'skewed' } };
  const event = cloudEvent('usage.recorded', `c-${number}`, { accountId: 'skewed', userId: 'u-0', event: 'Viewed' });
  return [
    ['/v1/events', { ...event, time: instant }],
    ['/v1/track', { ...track, messageId: `s-${number}-a`, timestamp: instant }],
    ['/v1/track', { ...track, messageId: `s-${number}-b`, originalTimestamp: instant, sentAt: later(0) }],
    ['/v1/track', { ...track, messageId: `s-${number}-c`, originalTimestamp: later(0), sentAt: instant }],
  ];
}

/** All days of the account on which something is counted, once everything is. */
async function daysOf(tenant: Tenant, accepted: number): Promise<string[]> {
  const { body } = await tenant.get<UsageBody>(
    `/api/v1/accounts/skewed/usage?from=2000-01-01&to=${later(dayMs).slice(0, 10)}`,
  );
  const days = (body.days ?? []).filter(({ events }) => events > 0);
  const total = days.reduce((sum, { events }) => sum + events, 0);
  // What lies outside of what can be asked for is not seen here; the score would tell.
  if (total < 90 + accepted / 2) throw new Error(`${total} are counted.`);
  return days.map(({ day }) => day);
}

function impossible(days: readonly string[]): string[] {
  const last = later(dayMs).slice(0, 10);
  return days.filter((day) => day > last || day < '2000').map((day) => `usage is counted on ${day}`);
}

/** How far the scores of the two accounts are apart. */
async function scoreJump(tenant: Tenant): Promise<number> {
  const scores = ['steady', 'skewed'].map((account) =>
    eventually(async () => {
      const { body } = await tenant.get<HealthBody>(`/api/v1/accounts/${account}/health`);
      if (body.score === null || body.score === undefined) throw new Error(`${account} has no score.`);
      return body.score;
    }),
  );
  const [steady = 0, skewed = 0] = await Promise.all(scores);
  return Math.abs(steady - skewed);
}

import type { HealthBody, UsageBody } from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { cloudEvent, type CloudEvent, type Tenant } from '../client/tenant';
import { unless, type Experiment, type Trial } from './experiment';
import type { Random } from './random';
import type { Stage } from './stage';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const accounts = ['acorn', 'birch', 'cedar'];

/** The same events in order, and 20 % late by up to a day and 1 % by thirty: both tenants have to end up the same. */
export const disorder: Experiment = {
  id: 'B4',
  title: 'out of order by up to 24 hours (20 %) and late by 30 days (1 %): the same state as in order',
  async run({ stage, random, form }: Trial) {
    const events = historyOf(random, form === 'short' ? 300 : 3_000);
    const late = events.map((event) => ({ event, at: Date.parse(event.time) + delay(random) }));
    const shuffled = late.toSorted((a, b) => a.at - b.at).map(({ event }) => event);
    const [inOrder, outOfOrder] = [await stage.tenant(), await stage.tenant()];
    await Promise.all([sendAll(inOrder, events), sendAll(outOfOrder, shuffled)]);
    const moved = shuffled.filter((event, at) => event !== events[at]).length;
    const differences = await eventually(() => mustBeSame(stage, inOrder, outOfOrder), { everyMs: 500 }).catch(
      (error: Error) => error.message,
    );
    return { violations: unless(differences === '', differences), facts: { events: events.length, outOfPlace: moved } };
  },
};

function delay(random: Random): number {
  const drawn = random.next();
  if (drawn < 0.01) return 30 * dayMs;
  return drawn < 0.21 ? random.next() * dayMs : 0;
}

/** Forty days of usage and of everything that changes state, in order; instants do not repeat, so that order is one. */
function historyOf(random: Random, count: number): CloudEvent[] {
  const begin = Date.now() - 40 * dayMs;
  return Array.from({ length: count }, (_, at) => {
    const time = new Date(begin + Math.floor((at * 39.5 * dayMs) / count));
    return eventOf(random, `e-${at}`, time);
  });
}

function eventOf(random: Random, id: string, time: Date): CloudEvent {
  const accountId = accounts[random.below(accounts.length)] ?? '';
  const drawn = random.below(10);
  if (drawn < 6) {
    const data = { accountId, userId: `u-${random.below(5)}`, event: ['Viewed', 'Exported'][random.below(2)] };
    return cloudEvent('usage.recorded', id, data, time);
  }
  return stateEventOf(random, id, time, accountId, drawn);
}

const statuses = [
  { change: 'opened', status: 'open' },
  { change: 'escalated', status: 'open' },
  { change: 'solved', status: 'solved' },
];

function stateEventOf(random: Random, id: string, time: Date, accountId: string, drawn: number): CloudEvent {
  if (drawn === 6) {
    const field = [{ name: `Name ${id}` }, { segment: `s-${random.below(3)}` }, { plan: `p-${random.below(3)}` }];
    return cloudEvent('account.changed', id, { accountId, ...field[random.below(3)] }, time);
  }
  if (drawn === 7) {
    const person = { stakeholderId: `s-${random.below(3)}`, change: 'updated', name: `Person ${id}` };
    return cloudEvent('stakeholder.changed', id, { accountId, ...person, sentiment: random.below(3) - 1 }, time);
  }
  if (drawn === 8) {
    const score = random.below(11);
    return cloudEvent('survey.responded', id, { accountId, responseId: id, kind: 'nps', score }, time);
  }
  const ticket = { ticketId: `t-${random.below(6)}`, priority: ['low', 'urgent'][random.below(2)] };
  return cloudEvent('ticket.changed', id, { accountId, ...ticket, ...statuses[random.below(3)] }, time);
}

async function sendAll(tenant: Tenant, events: readonly CloudEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += 25) {
    const { status, body } = await tenant.send(events.slice(from, from + 25));
    const { accepted } = body as { accepted?: number };
    if (status !== 202 || accepted !== Math.min(25, events.length - from))
      throw new Error(`Not all were accepted: ${status} ${JSON.stringify(body)}`);
  }
}

async function mustBeSame(stage: Stage, one: Tenant, other: Tenant): Promise<string> {
  const [a, b] = await Promise.all([stateOf(stage, one), stateOf(stage, other)]);
  const differing = Object.keys(a).filter((part) => a[part] !== b[part]);
  if (differing.length === 0 && Object.values(a).every((text) => text.length > 10)) return '';
  throw new Error(
    differing.map((part) => `${part} differs:\n  ${a[part]}\n  ${b[part]}`).join('\n') || 'There is no state.',
  );
}

/** What a tenant's accounts are, as texts that are equal when it is: usage, the score with its parts, every entity. */
async function stateOf(stage: Stage, tenant: Tenant): Promise<Record<string, string>> {
  const parts: Record<string, string> = {};
  for (const account of accounts) {
    const usage = await tenant.get<UsageBody>(`/api/v1/accounts/${account}/usage?from=${from()}`);
    const health = await tenant.get<HealthBody>(`/api/v1/accounts/${account}/health`);
    const { score, band, coverage, contributions } = health.body;
    parts[`usage of ${account}`] = JSON.stringify(usage.body);
    parts[`health of ${account}`] = JSON.stringify({ score, band, coverage, contributions });
  }
  const rows = await stage.query(
    'health',
    `select account_id, entity, entity_id, data, first_time, last_time from state_current where tenant_id = $1
     order by account_id, entity, entity_id`,
    [tenant.id],
  );
  return { ...parts, entities: JSON.stringify(rows) };
}

const from = (): string => new Date(Date.now() - 45 * dayMs).toISOString().slice(0, 10);

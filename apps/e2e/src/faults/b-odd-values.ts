import type { UsageBody } from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { post, type Door } from '../client/post';
import { unless, type Experiment, type Outcome, type Trial } from './experiment';
import { doorOf } from './probe';
import type { Stage } from './stage';

/** Texts that some layer may take for something else, written as JSON. */
const texts = [
  '"a\\u0000b"',
  '"a\\ud800b"',
  '"\\udc00"',
  '"\\u202eabc"',
  '"😀🧑‍🚀"',
  '"null"',
  '"undefined"',
  '"__proto__"',
  '"constructor"',
  '"NaN"',
  '""',
  '" "',
  '"\\n"',
  '"../../etc/passwd"',
  '"\'; drop table accounts; --"',
  '"=cmd()"',
  '"<script>alert(1)</script>"',
  `"${'x'.repeat(5_000)}"`,
  `"${'😀'.repeat(200)}"`,
  'null',
  '12',
  '{}',
];
const numbers = [
  '1e308',
  '-1e308',
  '1e400',
  '-0',
  '9007199254740993',
  '"1e3"',
  '0.1',
  '1.005',
  '-1',
  '1e-320',
  'true',
  '"12"',
];

/** One event as JSON text: what a program writes, not what JavaScript would. */
const eventWith = (type: string, id: string, data: string): string =>
  `{"specversion":"1.0","id":"${id}","source":"odd","type":"tenure.${type}.v1","data":${data}}`;

export const oddTexts: Experiment = {
  id: 'B16',
  title: 'NUL, half surrogates, right-to-left, emoji, "null" and "undefined" as ids, names and free fields',
  run: (trial) =>
    all(trial, (id, at) =>
      texts.flatMap((text, number) => [
        eventWith('usage.recorded', `${id}-${at}-e${number}`, `{"accountId":"odd","userId":"u","event":${text}}`),
        eventWith('usage.recorded', `${id}-${at}-a${number}`, `{"accountId":${text},"event":"e"}`),
        eventWith(
          'usage.recorded',
          `${id}-${at}-p${number}`,
          `{"accountId":"odd","event":"e","properties":{"k":${text}}}`,
        ),
        eventWith(
          'account.changed',
          `${id}-${at}-n${number}`,
          `{"accountId":"odd","name":${text},"attributes":{"k":${text}}}`,
        ),
        eventWith(
          'stakeholder.changed',
          `${id}-${at}-s${number}`,
          `{"accountId":"odd","stakeholderId":${text},"change":"added","name":${text}}`,
        ),
      ]),
    ),
};

export const oddNumbers: Experiment = {
  id: 'B17',
  title: '1e308, −0, 2⁵³+1, "1e3", a tenth of a cent and a fraction of a seat, wherever a number stands',
  run: (trial) =>
    all(trial, (id, at) =>
      numbers.flatMap((value, number) => [
        eventWith('usage.recorded', `${id}-${at}-q${number}`, `{"accountId":"odd","event":"e","quantity":${value}}`),
        eventWith(
          'metric.recorded',
          `${id}-${at}-m${number}`,
          `{"accountId":"odd","metric":"m","value":${value},"at":"2026-01-01T00:00:00Z"}`,
        ),
        eventWith('account.changed', `${id}-${at}-r${number}`, `{"accountId":"odd","arr":${value},"currency":"USD"}`),
        eventWith(
          'stakeholder.changed',
          `${id}-${at}-i${number}`,
          `{"accountId":"odd","stakeholderId":"s","change":"added","name":"n","influence":${value}}`,
        ),
        eventWith('contract.changed', `${id}-${at}-c${number}`, contractWith(value)),
      ]),
    ),
};

const contractWith = (value: string): string =>
  `{"accountId":"odd","contractId":"c","status":"active","start":"2026-01-01","end":"2026-12-31","currency":"USD",` +
  `"lines":[{"lineId":"l","product":"p","kind":"recurring","quantity":${value},"arr":${value}}]}`;

/** Every event is accepted or refused with its reason, and what was accepted no service fails on. */
async function all({ stage, form }: Trial, make: (id: string, round: number) => string[]): Promise<Outcome> {
  const tenant = await stage.tenant();
  const door = doorOf(stage, tenant);
  const rounds = form === 'short' ? 1 : 10;
  const before = await letters(stage);
  const sum = { sent: 0, accepted: 0, held: 0, rejected: 0 };
  const wrong: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const events = make(tenant.id, round);
    sum.sent += events.length;
    await sendBatch(door, events, sum, wrong);
  }
  const last = eventWith('usage.recorded', `${tenant.id}-last`, '{"accountId":"last","event":"Sent last"}');
  await sendBatch(door, [last], sum, wrong);
  await eventually(async () => {
    const { status } = await tenant.get<UsageBody>('/api/v1/accounts/last/usage');
    if (status !== 200) throw new Error('What was sent last has not arrived.');
  });
  const after = await letters(stage);
  return {
    violations: [
      ...wrong,
      ...unless(
        sum.accepted + sum.held + sum.rejected === sum.sent + 1,
        `not all is accounted for: ${JSON.stringify(sum)}`,
      ),
      ...Object.keys(after).flatMap((name) =>
        unless(
          after[name] === before[name],
          `${name} could not take what ingestion had accepted: ${after[name]} dead letters`,
        ),
      ),
    ],
    facts: sum,
  };
}

async function sendBatch(
  door: Door,
  events: readonly string[],
  sum: Record<string, number>,
  wrong: string[],
): Promise<void> {
  const type = { 'content-type': 'application/cloudevents-batch+json' };
  const { status, body } = await post(door, '/v1/events', `[${events.join(',')}]`, type);
  if (status !== 202) return void wrong.push(`a batch was answered ${status} ${body.slice(0, 300)}`);
  const receipt = JSON.parse(body) as {
    accepted: number;
    held: number;
    rejected: { code?: string; pointer?: string }[];
  };
  sum['accepted'] = (sum['accepted'] ?? 0) + receipt.accepted;
  sum['held'] = (sum['held'] ?? 0) + receipt.held;
  sum['rejected'] = (sum['rejected'] ?? 0) + receipt.rejected.length;
  const mute = receipt.rejected.filter(({ code, pointer }) => !code || pointer === undefined);
  if (mute.length > 0) wrong.push(`rejected without a reason: ${JSON.stringify(mute[0])}`);
}

async function letters(stage: Stage): Promise<Record<string, number>> {
  const counts = stage.services
    .filter((service) => service !== 'gateway')
    .map(async (service) => {
      const [row] = await stage.query<{ n: number }>(service, 'select count(*)::int as n from system.dead_letters');
      return [service, row?.n ?? 0] as const;
    });
  return Object.fromEntries(await Promise.all(counts));
}

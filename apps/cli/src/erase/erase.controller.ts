import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ApiClient } from '../api/api.client';
import { tenantApi } from '../keys/keys.controller';
import type { Context } from '../terminal/context.client';
import { exitCodes, Failure } from '../terminal/failure.domain';
import { asText, type Erasure, personOf, type PersonOptions } from './erasure-report.domain';

const patienceMs = 300_000;

/** `tenure erase person|account|show` */
export function addEraseCommands(program: Command, context: Context): void {
  const erase = program
    .command('erase')
    .description('remove a person or an account from everywhere (needs an admin’s API key)');
  erase
    .command('person')
    .description('say everything that they are known by: what is not said is not looked for')
    .option('--user <id>', 'their id as a user of the product; may be repeated', collected, [])
    .option('--stakeholder <id>', 'their id as a stakeholder; may be repeated', collected, [])
    .option('--email <address>', 'may be repeated', collected, [])
    .option('--name <name>', 'in full, as it may stand in notes; may be repeated', collected, [])
    .option('--other <id>', 'a phone number, an id in another system; may be repeated', collected, [])
    .option('--reason <text>', 'for the record; it must not name the person')
    .option('--yes', 'it cannot be undone, and I want it')
    .action(async (options: PersonOptions & { yes?: boolean }) => {
      await request(context, personOf(options), options.yes);
    });
  erase
    .command('account')
    .argument('<id>')
    .option('--reason <text>', 'for the record')
    .option('--yes', 'it cannot be undone, and I want it')
    .action(async (accountId: string, { reason, yes }: { reason?: string; yes?: boolean }) => {
      await request(context, { kind: 'account', accountId, ...(reason === undefined ? {} : { reason }) }, yes);
    });
  erase
    .command('show')
    .argument('<erasure>', 'its id')
    .action(async (id: string) => {
      const erasure = await tenantApi(context).get<Erasure>(`/api/v1/erasures/${encodeURIComponent(id)}`);
      context.printer().result({ ...erasure }, asText(erasure));
    });
}

const collected = (value: string, before: readonly string[]): readonly string[] => [...before, value];

async function request(context: Context, body: object, yes: boolean | undefined): Promise<void> {
  const api = tenantApi(context);
  if (!yes) throw new Failure('This cannot be undone. Say --yes to do it.', exitCodes.usage);
  const { id } = await api.post<Erasure>('/api/v1/erasures', body);
  context.printer().note(`Erasure ${id} has begun.`);
  const erasure = await finished(api, id);
  context.printer().result({ ...erasure }, asText(erasure));
  if (erasure.state !== 'done')
    throw new Failure(`Not every service has answered yet. Look again: tenure erase show ${id}`);
}

async function finished(api: ApiClient, id: string): Promise<Erasure> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const erasure = await api.get<Erasure>(`/api/v1/erasures/${id}`);
    if (erasure.state === 'done' || performance.now() > until) return erasure;
    await sleep(1_000);
  }
}

import type { Command } from 'commander';
import { tenantApi } from '../keys/keys.controller';
import type { Context } from '../terminal/context.client';
import { Failure } from '../terminal/failure.domain';
import { wholeNumber } from '../terminal/number-option.controller';
import { followSources } from './follow-source.handler';
import { liveLine } from './live-line.domain';

interface Choice {
  readonly source?: string;
  readonly type?: string;
  readonly account?: string;
  readonly user?: string;
  readonly for?: number;
}

/** More at once would cost every process of ingestion too many looks. */
const mostSources = 10;

/** `tenure tail` */
export function addTailCommand(program: Command, context: Context): void {
  program
    .command('tail')
    .description('events as they come in, and what becomes of them; Ctrl-C ends it')
    .option('--source <id>', `of this source; default: of all, up to ${mostSources}`)
    .option('--type <text>', 'only types with this in them, like usage or ticket.changed')
    .option('--account <id>', 'only of this account')
    .option('--user <id>', 'only of this user')
    .option('--for <seconds>', 'end by itself', wholeNumber(0, 86_400))
    .action(async (choice: Choice) => {
      const api = tenantApi(context);
      const printer = context.printer();
      const { json } = context.options();
      const ids = choice.source ? [choice.source] : await activeSources(context);
      printer.note(`Watching ${ids.length === 1 ? ids[0] : `${ids.length} sources`} …`);
      await followSources(api, ids, {
        filter: filterOf(choice),
        forMs: choice.for === undefined ? undefined : choice.for * 1000,
        onItem: (sourceId, item) => printer.line(json ? JSON.stringify({ sourceId, ...item }) : liveLine(item)),
        onSkipped: (sourceId, count) =>
          printer.note(
            `${count} more of ${sourceId} in the last minute were not kept; ask for less, like one account.`,
          ),
      });
    });
}

function filterOf({ type, account, user }: Choice): { type?: string; account?: string; user?: string } {
  return { ...(type && { type }), ...(account && { account }), ...(user && { user }) };
}

async function activeSources(context: Context): Promise<string[]> {
  const { items } = await tenantApi(context).get<{ items: { id: string; state: string }[] }>('/api/v1/sources');
  const ids = items.filter((source) => source.state === 'active').map((source) => source.id);
  if (ids.length === 0) throw new Failure('There is no active source.');
  return ids.slice(0, mostSources);
}

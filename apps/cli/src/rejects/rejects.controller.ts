import type { RejectsBody } from '@tenure/contracts';
import type { Command } from 'commander';
import { tenantApi } from '../keys/keys.controller';
import type { Context } from '../terminal/context.client';
import { exitCodes, Failure } from '../terminal/failure.domain';
import { wholeNumber } from '../terminal/number-option.controller';
import { withoutControls } from '../terminal/table.domain';
import { replayRejects, type Replayed } from './replay-rejects.handler';

interface Choice {
  readonly code?: string;
  readonly pointer?: string;
}

/** `tenure rejects list|replay` */
export function addRejectCommands(program: Command, context: Context): void {
  const rejects = program.command('rejects').description('what a source sent and was refused');
  addList(rejects, context);
  addReplay(rejects, context);
}

function addList(rejects: Command, context: Context): void {
  rejects
    .command('list')
    .description('by reason; with --items one by one, as they were sent')
    .argument('<source>', 'its id')
    .option('--items', 'one by one, newest first', false)
    .option('--code <code>', 'only with this reason')
    .option('--pointer <pointer>', 'only at this place')
    .option('--limit <count>', 'how many items', wholeNumber(1, 200), 50)
    .action(async (source: string, options: Choice & { items: boolean; limit: number }) => {
      const query = new URLSearchParams({ ...filterOf(options), limit: String(options.limit) });
      const found = await tenantApi(context).get<RejectsBody>(`${pathOf(source)}?${query.toString()}`);
      if (options.items) {
        const columns = ['id', 'receivedAt', 'code', 'pointer', 'detail', 'body'];
        context.printer().list(
          columns,
          found.items.map((item) => ({ ...item })),
          'Nothing is refused.',
        );
        return;
      }
      const columns = ['count', 'code', 'pointer', 'firstAt', 'lastAt', 'detail'];
      context.printer().list(
        columns,
        found.groups.map((group) => ({ ...group })),
        'Nothing is refused.',
      );
    });
}

function addReplay(rejects: Command, context: Context): void {
  rejects
    .command('replay')
    .description('take them the way they came in once more, with today’s mapping; nothing counts twice')
    .argument('<source>', 'its id')
    .argument('[ids...]', 'which; or --all')
    .option('--all', 'every one that is refused')
    .option('--code <code>', 'with --all: only with this reason')
    .option('--pointer <pointer>', 'with --all: only at this place')
    .action(async (source: string, ids: string[], options: Choice & { all?: true }) => {
      if (ids.length > 0 === (options.all ?? false)) throw new Failure('Name items, or say --all.', exitCodes.usage);
      const wanted = options.all ? filterOf(options) : { ids };
      const printer = context.printer();
      const done = await replayRejects(tenantApi(context), `${pathOf(source)}/replay`, wanted, (left) =>
        printer.note(`${left} to go …`),
      );
      printer.result({ ...done }, asText(done));
      if (done.rejected.length > 0) throw new Failure('Some were refused again.');
    });
}

const pathOf = (source: string): string => `/api/v1/sources/${encodeURIComponent(source)}/rejects`;

const filterOf = ({ code, pointer }: Choice): Choice => ({
  ...(code === undefined ? {} : { code }),
  ...(pointer === undefined ? {} : { pointer }),
});

function asText({ accepted, held, rejected }: Replayed): string {
  const reasons = Map.groupBy(
    rejected,
    ({ code, pointer, detail }) => `${code}${pointer && ` at ${pointer}`}: ${detail}`,
  );
  const lines = [...reasons].map(([reason, list]) => withoutControls(`  ${list.length} × ${reason}`));
  return [`${accepted} accepted, ${held} held, ${rejected.length} refused again.`, ...lines].join('\n');
}

import { sourceKinds, sourceModes } from '@tenure/contracts';
import { Option, type Command } from 'commander';
import { tenantApi } from '../keys/keys.controller';
import type { Context } from '../terminal/context.client';
import type { Row } from '../terminal/table.domain';

/** `tenure sources list|create|close-import` */
export function addSourceCommands(program: Command, context: Context): void {
  const sources = program.command('sources').description('where events come from, each with its write key');
  sources.command('list').action(async () => {
    const { items } = await tenantApi(context).get<{ items: Row[] }>('/api/v1/sources');
    const columns = ['id', 'name', 'kind', 'mode', 'state', 'keyPrefix', 'createdAt', 'lastUsedAt'];
    context.printer().list(columns, items, 'No sources.');
  });
  sources
    .command('create')
    .argument('<name>', 'what sends')
    .addOption(new Option('--kind <kind>', 'how it speaks').choices([...sourceKinds]).default('segment'))
    .addOption(
      new Option('--mode <mode>', 'import: history, no alerts for the past').choices([...sourceModes]).default('live'),
    )
    .action(async (name: string, options: { kind: string; mode: string }) => {
      const created = await tenantApi(context).post<{ source: { id: string }; key: string }>('/api/v1/sources', {
        name,
        kind: options.kind,
        mode: options.mode,
      });
      const text = `${created.key}\nThis write key is shown once. The source’s id is ${created.source.id}.`;
      context.printer().result({ ...created }, text);
    });
  sources
    .command('close-import')
    .description('the history is complete: its accounts are evaluated once')
    .argument('<id>', 'as the list shows it')
    .action(async (id: string) => {
      const answer = await tenantApi(context).post<{ source: Row }>(
        `/api/v1/sources/${encodeURIComponent(id)}/close-import`,
        {},
      );
      context.printer().result({ ...answer }, `Closed ${id}; its accounts are evaluated now.`);
    });
}

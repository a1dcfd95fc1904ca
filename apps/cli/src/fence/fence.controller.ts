import { Option, type Command } from 'commander';
import { consumingServices, withDatabase } from '../databases/database.client';
import type { Context } from '../terminal/context.client';
import { wholeNumber } from '../terminal/number-option.controller';
import { readFence, resetFence } from './read-fence.handler';

const service = (): Option =>
  new Option('--service <service>', 'whose').choices([...consumingServices]).makeOptionMandatory();

const partition = wholeNumber(0, 100_000);
const columns = ['topic', 'partition', 'nextOffset', 'generation', 'updatedAt', 'resetRequestedAt'];

/** `tenure fence show|reset` */
export function addFenceCommands(program: Command, context: Context): void {
  const fence = program.command('fence').description('where a service stands in each partition');
  fence
    .command('show')
    .addOption(service())
    .option('--topic <topic>')
    .option('--partition <number>', 'only this one', partition)
    .action(async (options: { service: string; topic?: string; partition?: number }) => {
      const url = context.options().databases[options.service];
      const rows = await withDatabase(options.service, url, (database) =>
        readFence(database, options.topic, options.partition),
      );
      context.printer().list(
        columns,
        rows.map((row) => ({ ...row })),
        'Nothing was read yet.',
      );
    });
  fence
    .command('reset')
    .description('read a partition again from where its log starts: after a replaced log, once you know why')
    .addOption(service())
    .requiredOption('--topic <topic>')
    .requiredOption('--partition <number>', 'which', partition)
    .action(async (options: { service: string; topic: string; partition: number }) => {
      const url = context.options().databases[options.service];
      await withDatabase(options.service, url, (database) => resetFence(database, options.topic, options.partition));
      const text = `Asked for: ${options.service} reads ${options.topic}, partition ${options.partition}, from its start.`;
      context.printer().result({ ...options, resetRequested: true }, text);
    });
}

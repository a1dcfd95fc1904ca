import { Argument, Option, type Command } from 'commander';
import { tenantApi } from '../keys/keys.controller';
import type { Context } from '../terminal/context.client';
import { Failure, required } from '../terminal/failure.domain';
import { type ImportCall, importFile, saveErrors, sourceFor } from './import-file.handler';
import { type ImportJob, type ImportOptions, progressLine } from './import-report.domain';

const kinds = [
  'accounts',
  'contracts',
  'stakeholders',
  'users',
  'usage',
  'tickets',
  'surveys',
  'touchpoints',
  'invoices',
];

/** `tenure import KIND FILE` */
export function addImportCommand(program: Command, context: Context): void {
  program
    .command('import')
    .description('import a CSV file of history (needs an admin’s API key); - is standard input')
    .addArgument(new Argument('<kind>', 'what its rows are').choices(kinds))
    .argument('<file>')
    .option('--source <id>', 'a source of mode import; without it, the open one for files, or a new one')
    .option('--dry-run', 'read it and look accounts up; take nothing')
    .option('--map <column=field>', 'what a column means, as often as needed; =- leaves it out', collected, [])
    .option('--known-at-column <column>', 'when each row became known; without it, when it happened')
    .option('--errors <file>', 'write refused rows there, as CSV')
    .addOption(new Option('--delimiter <sign>', 'between cells').choices([',', ';', 'tab', '|']))
    .addOption(new Option('--date-format <format>', 'what 03/04/2026 means').choices(['day-first', 'month-first']))
    .addOption(new Option('--decimal <sign>', 'before decimals').choices(['.', ',']))
    .option('--time-zone <name>', 'of times without an offset, like Europe/Lisbon; UTC without it')
    .option('--resume <id>', 'go on with an import that was interrupted')
    .option('--close', 'close the import of the source afterwards: its accounts are evaluated once')
    .action(async (kind: string, file: string, options: ImportOptions & { resume?: string }) => {
      const { url, apiKey } = context.options();
      const token = required(apiKey, '--api-key', 'TENURE_API_KEY');
      const printer = context.printer();
      const call: ImportCall = { url, token, api: tenantApi(context), note: (text) => printer.note(text) };
      const sourceId = await sourceFor(call, options.source);
      const job = await importFile(call, kind, file, sourceId, options);
      if (options.errors !== undefined && job.rejected > 0) await saveErrors(call, job.id, options.errors);
      if (options.close && job.state === 'done' && !job.dryRun) {
        await call.api.post(`/api/v1/sources/${encodeURIComponent(sourceId)}/close-import`, {});
      }
      printer.result({ ...job }, asText(job, options));
      if (job.state !== 'done') throw new Failure(job.detail ?? `The import is ${job.state}.`);
      if (job.rejected > 0) throw new Failure('Not every row was taken.');
    });
}

const collected = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function asText(job: ImportJob, { errors, close }: ImportOptions): string {
  const lines = [`${job.dryRun ? 'Dry run, nothing was taken. ' : ''}${progressLine({ ...job, detail: null })}`];
  if (job.rejected > 0 && errors !== undefined) lines.push(`The refused rows are in ${errors}.`);
  if (job.rejected > 0 && errors === undefined)
    lines.push('Say --errors FILE to have the refused rows with their reasons.');
  if (job.state === 'done' && !job.dryRun) {
    const closing = `Close the import when all files are in: tenure sources close-import ${job.sourceId}`;
    lines.push(close ? 'The import is closed; its accounts are evaluated now.' : closing);
  }
  return lines.join('\n');
}

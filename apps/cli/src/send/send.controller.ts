import { Option, type Command } from 'commander';
import type { Context } from '../terminal/context.client';
import { Failure, required } from '../terminal/failure.domain';
import { wholeNumber } from '../terminal/number-option.controller';
import { withoutControls } from '../terminal/table.domain';
import type { Tally } from './event-lines.domain';
import { EventsClient } from './events.client';
import { sendFile } from './send-file.handler';

const shownRejections = 20;

/** `tenure send FILE` */
export function addSendCommand(program: Command, context: Context): void {
  program
    .command('send')
    .description('send a file of CloudEvents, one JSON object a line; - is standard input')
    .argument('<file>')
    .addOption(new Option('--write-key <key>', 'the source’s key').env('TENURE_WRITE_KEY'))
    .option('--rate <count>', 'events a second at most', wholeNumber(1, 1_000_000))
    .option('--batch <count>', 'events in a request', wholeNumber(1, 1_000), 100)
    .action(async (file: string, options: { writeKey?: string; rate?: number; batch: number }) => {
      const key = required(options.writeKey, '--write-key', 'TENURE_WRITE_KEY');
      const client = new EventsClient(context.options().ingestionUrl, key);
      const pace = { batch: options.batch, ...(options.rate === undefined ? {} : { rate: options.rate }) };
      const tally = await sendFile(file, client, pace);
      context.printer().result({ ...tally }, asText(tally));
      if (tally.rejected.length > 0) throw new Failure('Not everything was taken.');
    });
}

function asText({ events, accepted, held, rejected }: Tally): string {
  const head = `${events} events: ${accepted} accepted, ${held} held, ${rejected.length} rejected.`;
  const shown = rejected
    .slice(0, shownRejections)
    .map(({ line, code, pointer, detail }) =>
      withoutControls(`  line ${line}: ${code}${pointer ? ` at ${pointer}` : ''}: ${detail}`),
    );
  const more = rejected.length - shown.length;
  return [head, ...shown, ...(more > 0 ? [`  and ${more} more (--json lists all)`] : [])].join('\n');
}

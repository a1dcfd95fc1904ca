import { Option, type Command } from 'commander';
import { consumingServices, withDatabase, type Queries } from '../databases/database.client';
import type { Context } from '../terminal/context.client';
import { exitCodes, Failure } from '../terminal/failure.domain';
import { withoutControls } from '../terminal/table.domain';
import { wholeNumber } from '../terminal/number-option.controller';
import { DeadLettersReadModel, type Letter, type LetterState } from './dead-letters.read-model';
import { bytesAsText, isLetterId } from './letter.domain';
import { replayLetters } from './replay-letters.handler';

interface Choice {
  readonly service: string;
  readonly topic?: string;
  readonly code?: string;
}

const serviceOption = (): Option =>
  new Option('--service <service>', 'whose').choices([...consumingServices]).makeOptionMandatory();

const columns = ['id', 'state', 'tenant', 'topic', 'partition', 'offset', 'code', 'attempts', 'failedAt', 'reason'];

/** `tenure dead-letters list|show|replay` */
export function addDeadLetterCommands(program: Command, context: Context): void {
  const letters = program.command('dead-letters').description('events that a service could not handle');
  addList(letters, context);
  addShow(letters, context);
  addReplay(letters, context);
}

function addList(letters: Command, context: Context): void {
  letters
    .command('list')
    .description('newest first')
    .addOption(serviceOption())
    .option('--topic <topic>')
    .option('--code <code>', 'the reason’s code')
    .addOption(new Option('--state <state>').choices(['open', 'requested', 'replayed']))
    .option('--limit <count>', 'how many', wholeNumber(1, 10_000), 100)
    .action(async (options: Choice & { state?: LetterState; limit: number }) => {
      const rows = await on(context, options.service, (database) =>
        new DeadLettersReadModel().list(database, options, options.limit),
      );
      context.printer().list(
        columns,
        rows.map((row) => ({ ...row })),
        'No dead letters.',
      );
    });
}

function addShow(letters: Command, context: Context): void {
  letters
    .command('show')
    .description('one, with its record')
    .argument('<id>')
    .addOption(serviceOption())
    .action(async (id: string, { service }: Choice) => {
      requireIds([id]);
      const letter = await on(context, service, (database) => new DeadLettersReadModel().one(database, id));
      if (!letter) throw new Failure(`${service} has no dead letter ${id}.`);
      context
        .printer()
        .result({ ...letter, key: bytesAsText(letter.key), value: bytesAsText(letter.value) }, asText(letter));
    });
}

function addReplay(letters: Command, context: Context): void {
  letters
    .command('replay')
    .description('let the service handle them again')
    .argument('[ids...]', 'which; or --all')
    .addOption(serviceOption())
    .option('--all', 'every one that was not replayed yet')
    .option('--topic <topic>', 'with --all: only of this topic')
    .option('--code <code>', 'with --all: only with this code')
    .option('--wait <seconds>', 'how long to wait for the outcome', wholeNumber(0, 3_600), 10)
    .action(async (ids: string[], options: Choice & { all?: true; wait: number }) => {
      if (ids.length > 0 === (options.all ?? false)) throw new Failure('Name letters, or say --all.', exitCodes.usage);
      requireIds(ids);
      const { topic, code } = options;
      const filter = options.all ? { ...(topic && { topic }), ...(code && { code }) } : { ids };
      const outcome = await on(context, options.service, (database) =>
        replayLetters(database, filter, options.wait * 1000),
      );
      const { requested, replayed, failed, waiting } = outcome;
      context
        .printer()
        .result(
          { ...outcome },
          `${requested} asked for: ${replayed} replayed, ${failed} failed again, ${waiting} waiting.`,
        );
      if (failed > 0) throw new Failure('Some failed again: tenure dead-letters list shows why.');
      if (requested < ids.length) throw new Failure('Some are not there, or were replayed already.');
    });
}

function on<T>(context: Context, service: string, work: (database: Queries) => Promise<T>): Promise<T> {
  return withDatabase(service, context.options().databases[service], work);
}

function requireIds(ids: readonly string[]): void {
  const wrong = ids.find((id) => !isLetterId(id));
  if (wrong !== undefined)
    throw new Failure(`${withoutControls(wrong)} is not the id of a dead letter.`, exitCodes.usage);
}

function asText(letter: Letter): string {
  const { key, value, headers, ...facts } = letter;
  const lines = Object.entries(facts).map(([name, fact]) => {
    const text = fact instanceof Date ? fact.toISOString() : withoutControls(String(fact ?? '-'));
    return `${name.padEnd(10)} ${text}`;
  });
  const record = [
    `key        ${bytesAsText(key)}`,
    `headers    ${withoutControls(JSON.stringify(headers))}`,
    bytesAsText(value),
  ];
  return [...lines, ...record].join('\n');
}

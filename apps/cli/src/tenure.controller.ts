import { Command, CommanderError, Option } from 'commander';
import { addBacktestCommand } from './backtest/backtest.controller';
import { consumingServices } from './databases/database.client';
import { addDeadLetterCommands } from './dead-letters/dead-letters.controller';
import { addEraseCommands } from './erase/erase.controller';
import { addFenceCommands } from './fence/fence.controller';
import { addImportCommand } from './import/import.controller';
import { addKeyCommands } from './keys/keys.controller';
import { addModelCommands } from './model/model.controller';
import { addReplayCommands } from './replay/replay.controller';
import { addRejectCommands } from './rejects/rejects.controller';
import { addSendCommand } from './send/send.controller';
import { addSourceCommands } from './sources/sources.controller';
import { addTailCommand } from './tail/tail.controller';
import { addTenantCommands } from './tenants/tenants.controller';
import type { Context, GlobalOptions } from './terminal/context.client';
import { exitCodes, Failure, messageOf } from './terminal/failure.domain';
import { Printer, terminal as realTerminal, type Terminal } from './terminal/terminal.client';

/**
 * Runs the command line `tenure`.
 * @param args without node and the script
 * @returns the exit code: 0 done, 1 failed, 2 asked for wrongly
 */
export async function runTenure(args: readonly string[], terminal: Terminal = realTerminal): Promise<number> {
  const program = buildProgram(terminal);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // Help and version end by an error too; what is wrong with the arguments, commander has said already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    terminal.err(messageOf(error));
    return error instanceof Failure ? error.exitCode : exitCodes.failed;
  }
}

function buildProgram(terminal: Terminal): Command {
  const program = new Command('tenure')
    .description('Operate Tenure: tenants, keys, sources, events, dead letters.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .addOption(new Option('--url <address>', 'the gateway').env('TENURE_URL').default('http://localhost:4000'))
    .addOption(new Option('--ingestion-url <address>').env('TENURE_INGESTION_URL').default('http://localhost:4001'))
    .addOption(new Option('--api-key <key>', 'of your tenant').env('TENURE_API_KEY'))
    .addOption(new Option('--operator-token <token>').env('TENURE_OPERATOR_TOKEN'))
    .option('--json', 'print results as JSON', false)
    .addHelpText(
      'after',
      '\nSecrets are better set as variables than given as options, which other users of the machine see.',
    );
  for (const service of consumingServices) program.addOption(databaseOption(service));
  const context = contextOf(program, terminal);
  addTenantCommands(program, context);
  addKeyCommands(program, context);
  addSourceCommands(program, context);
  addModelCommands(program, context);
  addBacktestCommand(program, context);
  addRejectCommands(program, context);
  addSendCommand(program, context);
  addImportCommand(program, context);
  addTailCommand(program, context);
  addEraseCommands(program, context);
  addDeadLetterCommands(program, context);
  addFenceCommands(program, context);
  addReplayCommands(program, context);
  return program;
}

function databaseOption(service: string): Option {
  return new Option(`--${service}-database <address>`).env(`TENURE_${service.toUpperCase()}_DATABASE_URL`).hideHelp();
}

function contextOf(program: Command, terminal: Terminal): Context {
  const options = (): GlobalOptions => {
    const given = program.opts<Omit<GlobalOptions, 'databases'> & Record<string, string | undefined>>();
    const databases = Object.fromEntries(consumingServices.map((service) => [service, given[`${service}Database`]]));
    return { ...given, databases };
  };
  return { options, printer: () => new Printer(terminal, options().json) };
}

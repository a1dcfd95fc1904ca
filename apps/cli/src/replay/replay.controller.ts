import { Argument, type Command } from 'commander';
import { consumingServices } from '../databases/database.client';
import type { Context } from '../terminal/context.client';
import { runServiceProgram } from './service-program.client';

const service = (): Argument => new Argument('<service>', 'whose').choices([...consumingServices]);

interface Into {
  readonly into?: string;
}

/** `tenure hash|snapshot|replay`: what a service derived from the log, told by a hash, kept in a folder, built anew. */
export function addReplayCommands(program: Command, context: Context): void {
  const run = (name: string, args: readonly string[], { into: other }: Into): Promise<void> =>
    runServiceProgram(name, other === undefined ? args : [...args, `--into=${other}`], (line) =>
      context.printer().line(line),
    );
  const into = '--into <address>';
  program
    .command('hash')
    .description('SHA-256 of what a service derived from its events: equal hashes, the same state')
    .addArgument(service())
    .option(into, 'of another database, by its owner’s address')
    .action((name: string, options: Into) => run(name, ['hash'], options));
  program
    .command('snapshot')
    .description('what a service derived, and how far it has read, into a folder; the service may go on meanwhile')
    .addArgument(service())
    .requiredOption('--to <folder>')
    .action((name: string, { to }: { to: string }) => run(name, ['snapshot', `--to=${to}`], {}));
  program
    .command('replay')
    .description('build what a service derived anew from the log; alerts, decisions and the score log stay')
    .addArgument(service())
    .option('--snapshot <folder>', 'begin there instead of at the beginning of the log')
    .option(into, 'an empty database, by its owner’s address; default: in place, with the service stopped')
    .option('--again', 'from the start, where an earlier replay was broken off', false)
    .action((name: string, options: Into & { snapshot?: string; again: boolean }) => {
      const from = options.snapshot === undefined ? [] : [`--snapshot=${options.snapshot}`];
      return run(name, ['replay', ...from, ...(options.again ? ['--again'] : [])], options);
    });
}

import { commandEnvironment } from '../config/command-environment';
import { ConfigError, loadConfig } from '../config/load-config';
import { Logger } from '../logging/logger';
import type { StopTelemetry } from '../telemetry/start-telemetry';
import { hashService, replayService, snapshotService } from '../replay/replay-service';
import type { StateHash } from '../replay/state-hash';
import { migrateService } from './migrate-service';
import type { ServiceDefinition } from './service-definition';
import { startService } from './start-service';

/** The process's life around a service: arguments, start, signals, and what happens when something goes wrong. */
export async function runProcess(
  name: string,
  service: ServiceDefinition,
  stopTelemetry: StopTelemetry,
): Promise<void> {
  try {
    if (process.argv.includes('--validate')) return await report(validate(name, service), stopTelemetry);
    if (process.argv.includes('migrate')) return await report(migrate(name, service), stopTelemetry);
    if (process.argv.includes('hash')) return await report(hash(name, service), stopTelemetry);
    if (process.argv.includes('snapshot')) return await report(snapshot(name, service), stopTelemetry);
    if (process.argv.includes('replay')) return await report(replay(name, service), stopTelemetry);
    await serve(name, service, stopTelemetry);
  } catch (error) {
    reportFailure(name, error);
    await stopTelemetry();
    process.exit(1);
  }
}

async function report(work: Promise<string>, stopTelemetry: StopTelemetry): Promise<void> {
  process.stdout.write(`${await work}\n`);
  await stopTelemetry();
}

async function validate(name: string, service: ServiceDefinition): Promise<string> {
  loadConfig(service.config, undefined, name);
  return `The configuration of ${name} is ok.`;
}

async function migrate(name: string, service: ServiceDefinition): Promise<string> {
  const ran = await migrateService(service, loadConfig(service.config, undefined, name));
  return ran.length === 0 ? `The database of ${name} is up to date.` : `Migrated ${name}: ${ran.join(', ')}`;
}

const shown = ({ sha256, rows }: StateHash): string => `${sha256}  ${rows} rows`;

async function hash(name: string, service: ServiceDefinition): Promise<string> {
  return shown(await hashService(name, service, commandEnvironment(name, valueOf('--into'))));
}

async function snapshot(name: string, service: ServiceDefinition): Promise<string> {
  const folder = valueOf('--to');
  if (folder === undefined) throw new Error('Say where to: snapshot --to=FOLDER');
  await snapshotService(name, service, folder, commandEnvironment(name));
  return `The derived state of ${name} stands in ${folder}.`;
}

/** Broken off by a signal, it goes on when it is called again. */
async function replay(name: string, service: ServiceDefinition): Promise<string> {
  const from = valueOf('--snapshot');
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
  const state = await replayService(name, service, {
    env: commandEnvironment(name, valueOf('--into')),
    ...(from !== undefined && { snapshot: from }),
    again: process.argv.includes('--again'),
    say: (line) => process.stdout.write(`${line}\n`),
    stop: stop.signal,
  });
  return state ? shown(state) : 'Broken off; called again, it goes on from here.';
}

function valueOf(flag: string): string | undefined {
  return process.argv.find((argument) => argument.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

async function serve(name: string, service: ServiceDefinition, stopTelemetry: StopTelemetry): Promise<void> {
  let end: (code: number) => void = (code) => process.exit(code);
  const logger = Logger.create(name, 'info');
  const fail = (message: string) => (error: unknown) => {
    logger.fatal(message, { err: error });
    end(1);
  };
  process.on('unhandledRejection', fail('Unhandled rejection'));
  process.on('uncaughtException', fail('Uncaught exception'));
  // Until it has started there is nothing to stop in order.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(0));
  const running = await startService(name, service, undefined, { onDead: fail('The consumer died') });
  let ended: Promise<void> | undefined;
  end = (code) => {
    ended ??= running
      .stop()
      .then(stopTelemetry)
      .then(() => process.exit(code));
  };
}

/** A wrong configuration is the operator's to read, so it is plain text; anything else is a log line. */
function reportFailure(name: string, error: unknown): void {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else Logger.create(name, 'info').fatal('The service could not start', { err: error });
}

import { ConfigError, loadConfig } from '../config/load-config';
import type { StopTelemetry } from '../telemetry/start-telemetry';
import type { ServiceDefinition } from './service-definition';

/** The process's life around a service: arguments, start, signals, and what happens when something goes wrong. */
export async function runProcess(
  name: string,
  service: ServiceDefinition,
  stopTelemetry: StopTelemetry,
): Promise<void> {
  try {
    loadConfig(service.config, undefined, name);
    if (process.argv.includes('--validate')) process.stdout.write(`The configuration of ${name} is ok.\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await stopTelemetry();
  }
}

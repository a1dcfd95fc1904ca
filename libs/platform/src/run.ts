import { telemetryConfig } from './config/telemetry-config';
import type { ServiceDefinition } from './run-service/service-definition';
import { startTelemetry } from './telemetry/start-telemetry';

/**
 * Runs a service as this process: telemetry first, then the service's code, then start; stops in order on SIGTERM or
 * SIGINT. Arguments: `migrate` migrates with DATABASE_OWNER_URL and ends; `--validate` checks the configuration and ends;
 * `hash`, `snapshot --to=FOLDER` and `replay [--snapshot=FOLDER] [--again]` are about what is derived from the log.
 * This file and what it imports statically must not load Nest, pg or kafkajs, else they are not instrumented.
 * @param loader imports the module that exports `service`
 */
export async function runService(name: string, loader: () => Promise<{ service: ServiceDefinition }>): Promise<void> {
  const stopTelemetry = startTelemetry(name, telemetryConfig());
  const { service } = await loader();
  const { runProcess } = await import('./run-service/run-process');
  await runProcess(name, service, stopTelemetry);
}

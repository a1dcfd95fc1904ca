import { ConfigError, loadConfig } from './load-config';
import { TelemetryConfig } from './service.config';

/** The part of the configuration that telemetry needs. A fault in it is reported later, with all the others. */
export function telemetryConfig(): TelemetryConfig {
  try {
    return loadConfig(TelemetryConfig);
  } catch (error) {
    if (error instanceof ConfigError) return new TelemetryConfig();
    throw error;
  }
}

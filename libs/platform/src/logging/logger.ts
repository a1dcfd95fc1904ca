import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import { currentTraceId } from '../telemetry/tracing';
import { censorText, secretPaths } from './redaction';

/** Fields of a log line; `error` (or `err`) is printed with its type, message and stack. */
export type LogFields = Readonly<Record<string, unknown>>;

/** JSON lines with time, level, service and trace id. Write facts as fields, not into the message. */
export class Logger {
  private constructor(private readonly pino: Pino) {}

  static create(service: string, level: string, destination?: DestinationStream): Logger {
    const options = {
      level,
      base: { service },
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: () => traceFields(),
      redact: { paths: secretPaths, censor: '[hidden]' },
      serializers: { err: serializeError, error: serializeError },
    };
    return new Logger(destination ? pino(options, destination) : pino(options));
  }

  /** A logger that adds these fields (tenant, event id, …) to every line. */
  with(fields: LogFields): Logger {
    return new Logger(this.pino.child(fields));
  }

  fatal(message: string, fields: LogFields = {}): void {
    this.pino.fatal(fields, message);
  }

  error(message: string, fields: LogFields = {}): void {
    this.pino.error(fields, message);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.pino.warn(fields, message);
  }

  info(message: string, fields: LogFields = {}): void {
    this.pino.info(fields, message);
  }

  debug(message: string, fields: LogFields = {}): void {
    this.pino.debug(fields, message);
  }
}

function traceFields(): LogFields {
  const traceId = currentTraceId();
  return traceId === undefined ? {} : { traceId };
}

/** Only what helps to find the fault: a driver's error also carries the row's values, which are a tenant's. */
function serializeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { message: censorText(String(error)) };
  const { code, cause } = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: censorText(error.message),
    stack: error.stack === undefined ? undefined : censorText(error.stack),
    ...(typeof code === 'string' ? { code } : {}),
    ...(cause === undefined ? {} : { cause: serializeError(cause) }),
  };
}

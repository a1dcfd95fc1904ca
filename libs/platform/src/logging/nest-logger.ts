import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger';

// Nest announces every module and route; that is worth reading only when looking for something.
const chatter = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
]);

/** Lets Nest write its own lines through the service's logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const context = contextOf(rest);
    if (chatter.has(context)) this.logger.debug(String(message), { context });
    else this.logger.info(String(message), { context });
  }

  error(message: unknown, ...rest: unknown[]): void {
    const fields = message instanceof Error ? { error: message } : {};
    this.logger.error(String(message), { ...fields, context: contextOf(rest) });
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(String(message), { context: contextOf(rest) });
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(String(message), { context: contextOf(rest) });
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(String(message), { context: contextOf(rest) });
  }
}

/** Nest puts the name of what logs last. */
function contextOf(rest: readonly unknown[]): string {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : 'Nest';
}

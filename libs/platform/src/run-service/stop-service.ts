import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ServiceConfig } from '../config/service.config';
import type { Database } from '../database/database';
import { drain } from '../http/drain';
import { Readiness } from '../http/readiness';
import type { Logger } from '../logging/logger';
import type { ServicePart } from './service-parts';

export interface Stoppable {
  readonly app: NestFastifyApplication;
  readonly parts: readonly ServicePart[];
  readonly database: Database;
  readonly logger: Logger;
  readonly config: Pick<ServiceConfig, 'shutdownMs' | 'shutdownDelayMs'>;
}

/**
 * The order of the end: not ready → HTTP takes nothing new and answers what it has → consumers → relay → jobs → Nest's
 * hooks → database. A part that fails to stop is logged and does not keep the next one from stopping.
 */
export async function stopService({ app, parts, database, logger, config }: Stoppable): Promise<void> {
  const { shutdownMs, shutdownDelayMs } = config;
  app.get(Readiness).markStopping();
  await new Promise((resolve) => setTimeout(resolve, shutdownDelayMs));
  const steps: [string, () => unknown][] = [
    ['http', () => drain(app.getHttpServer() as Server, Math.max(0, shutdownMs - 500))],
    ...parts.toReversed().map((part): [string, () => unknown] => [part.name, () => part.stop()]),
    ['application', () => app.close()],
    ['database', () => database.close()],
  ];
  for (const [name, step] of steps) await attempt(name, step, logger, shutdownMs);
  logger.info('Stopped');
}

async function attempt(name: string, step: () => unknown, logger: Logger, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not stopped after ${limitMs} ms`)), limitMs);
  });
  try {
    await Promise.race([Promise.resolve(step()), late]);
  } catch (error) {
    logger.warn(`Stopping: ${name} did not stop cleanly`, { err: error });
  } finally {
    clearTimeout(timer);
  }
}

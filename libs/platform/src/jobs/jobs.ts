import { Injectable } from '@nestjs/common';
import { PgBoss } from 'pg-boss';

import { ServiceConfig } from '../config/service.config';
import type { Tx } from '../database/tx';
import { Logger } from '../logging/logger';

/** The schema that pg-boss keeps its tables in; the owner makes it when it migrates. */
export const jobsSchema = 'jobs';

/** What may be said about a job when it is queued. */
export interface JobOptions {
  /** Not before this instant. */
  readonly startAfter?: Date;
  /** At most one waiting job with this key. */
  readonly singletonKey?: string;
  readonly retryLimit?: number;
}

type Work = (data: never) => Promise<void>;

/** Timed and repeated work, once per cluster: pg-boss on the service's own database. */
@Injectable()
export class Jobs {
  private readonly boss: PgBoss;
  private readonly workers = new Map<string, { work: Work; cron?: string; timeZone?: string }>();
  private started = false;

  constructor(
    config: ServiceConfig,
    private readonly logger: Logger,
  ) {
    this.boss = new PgBoss({
      connectionString: config.databaseUrl,
      schema: jobsSchema,
      max: 3,
      migrate: false,
      createSchema: false,
    });
    this.boss.on('error', (error) => this.logger.warn('Jobs wait', { err: error }));
  }

  /** Registers the worker of a queue. Call it before the service has started. */
  work<T extends object>(name: string, work: (data: T) => Promise<void>): void {
    this.workers.set(name, { work: work as unknown as Work });
  }

  /** Registers work that repeats by a cron expression in a time zone (default UTC), once per cluster. */
  repeat(name: string, cron: string, work: () => Promise<void>, timeZone = 'UTC'): void {
    this.workers.set(name, { work: work as unknown as Work, cron, timeZone });
  }

  /** Queues a job inside the transaction: it exists when and only when the transaction commits. */
  async send(tx: Tx, name: string, data: object, options: JobOptions = {}): Promise<void> {
    const db = {
      executeSql: async (text: string, values?: unknown[]) => ({ rows: await tx.query<object>(text, values ?? []) }),
    };
    await this.boss.send(name, data, { ...options, db });
  }

  async start(): Promise<void> {
    if (this.workers.size === 0) return;
    await this.boss.start();
    this.started = true;
    for (const [name, { work, cron, timeZone }] of this.workers) {
      await this.boss.createQueue(name);
      await this.boss.work(name, { pollingIntervalSeconds: 1 }, async (jobs) => {
        for (const job of jobs) await this.run(name, work, job.data);
      });
      if (cron) await this.boss.schedule(name, cron, {}, { tz: timeZone ?? 'UTC' });
    }
  }

  private async run(name: string, work: Work, data: unknown): Promise<void> {
    try {
      await work(data as never);
    } catch (error) {
      // pg-boss keeps the failure with the job and tries again; an operator reads the log.
      this.logger.warn('A job failed', { err: error, job: name });
      throw error;
    }
  }

  async stop(): Promise<void> {
    if (this.started) await this.boss.stop({ graceful: true, timeout: 5_000 });
  }
}

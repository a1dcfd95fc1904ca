import { Injectable } from '@nestjs/common';
import type { Envelope } from '@tenure/contracts';
import { accountsOf, type BatchContext, recordState } from '@tenure/platform';
import { LivingAccountsRepository } from './living-accounts.repository';
import { RefreshAccountsHandler } from './refresh-accounts.handler';

/** Keeps a batch of profiles or contracts as history and derives the accounts anew that it is about. */
@Injectable()
export class RecordStateHandler {
  constructor(
    private readonly living: LivingAccountsRepository,
    private readonly refresh: RefreshAccountsHandler,
  ) {}

  async handle(batch: readonly Envelope[], { tx, now }: BatchContext): Promise<void> {
    const events = await this.living.lock(tx, batch);
    if (events.length === 0) return;
    await recordState(tx, events);
    await this.refresh.handle(tx, accountsOf(events), now);
  }
}

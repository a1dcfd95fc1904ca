import { Injectable } from '@nestjs/common';
import type { Envelope } from '@tenure/contracts';
import { type BatchContext, lockAccounts } from '@tenure/platform';

import { ResolveAlertsHandler } from '../alerts/resolve-alerts.handler';
import { HotAccounts } from '../history/hot-accounts.repository';
import { AccountRepository } from './account.repository';

/** The account is to be forgotten: its alerts end for everybody who heard of them, then its rows go. */
@Injectable()
export class EraseAccountHandler {
  constructor(
    private readonly hotAccounts: HotAccounts,
    private readonly resolve: ResolveAlertsHandler,
    private readonly repository: AccountRepository,
  ) {}

  async handle(event: Envelope, { tx, now }: BatchContext): Promise<void> {
    const key = { tenantId: event.tenantid, accountId: event.subject };
    const locked = await lockAccounts(tx, [key]);
    await this.resolve.superseded(tx, key, now);
    await this.repository.erase(tx, key, new Date(event.time));
    this.hotAccounts.forget(locked);
  }
}

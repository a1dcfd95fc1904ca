import { Injectable } from '@nestjs/common';
import { DueSweeper } from '@tenure/platform';
import { RefreshAccountsHandler, termsDue } from './refresh-accounts.handler';

/** Derives the accounts anew whose horizon, decision, end or grace has come. */
@Injectable()
export class SweepDueJob {
  constructor(sweeper: DueSweeper, refresh: RefreshAccountsHandler) {
    sweeper.handle(termsDue, (tx, keys, now) => refresh.handle(tx, keys, now));
  }
}

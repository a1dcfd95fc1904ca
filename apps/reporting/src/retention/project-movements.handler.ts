import { Injectable } from '@nestjs/common';
import type { ArrMoved, Envelope } from '@tenure/contracts';
import { accountsOf, type Tx } from '@tenure/platform';
import { LivingAccountsRepository } from '../accounts/living-accounts.repository';
import { PortfolioRepository } from '../portfolio/portfolio.repository';
import { MovementRepository } from './movement.repository';

/** Keeps the lines of the ARR ledger, from which retention is computed. */
@Injectable()
export class ProjectMovementsHandler {
  private readonly living = new LivingAccountsRepository();
  private readonly portfolio = new PortfolioRepository();
  private readonly movements = new MovementRepository();

  async handle(tx: Tx, batch: readonly Envelope<ArrMoved>[]): Promise<void> {
    const events = await this.living.lockForOwnOutputs(tx, batch);
    await this.portfolio.appear(tx, accountsOf(events));
    await this.movements.save(tx, events);
  }
}

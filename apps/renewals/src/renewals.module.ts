import { Module } from '@nestjs/common';
import { AccountConsumer } from './accounts/account.consumer';
import { AccountStandingReadModel } from './accounts/account-standing.read-model';
import { ChangeAccountsHandler } from './accounts/change-accounts.handler';
import { LivingAccountsRepository } from './accounts/living-accounts.repository';
import { RecordStateHandler } from './accounts/record-state.handler';
import { RefreshAccountsHandler } from './accounts/refresh-accounts.handler';
import { SweepDueJob } from './accounts/sweep-due.job';
import { CancelRiskController } from './cancellations/cancel-risk.controller';
import { CancelRiskReadModel } from './cancellations/cancel-risk.read-model';
import { CancelRiskRepository } from './cancellations/cancel-risk.repository';
import { ArrController } from './ledger/arr.controller';
import { ArrReadModel } from './ledger/arr.read-model';
import { ArrLedgerRepository } from './ledger/arr-ledger.repository';
import { DeriveLedgersHandler } from './ledger/derive-ledgers.handler';
import { CallRenewalHandler } from './renewals/call-renewal.handler';
import { DeriveRenewalsHandler } from './renewals/derive-renewals.handler';
import { PublishRenewals } from './renewals/publish-renewals.handler';
import { RenewalController } from './renewals/renewal.controller';
import { RenewalReadModel } from './renewals/renewal.read-model';
import { RenewalRepository } from './renewals/renewal.repository';
import { KeepScoresHandler } from './scores/keep-scores.handler';
import { ScoreConsumer } from './scores/score.consumer';
import { ScoreRepository } from './scores/score.repository';
import { FollowTenantsHandler } from './tenants/follow-tenants.handler';
import { TenantConsumer } from './tenants/tenant.consumer';
import { TenantRepository } from './tenants/tenant.repository';

const consumers = [AccountConsumer, ScoreConsumer, TenantConsumer, SweepDueJob];
const handlers = [
  CallRenewalHandler,
  ChangeAccountsHandler,
  DeriveLedgersHandler,
  DeriveRenewalsHandler,
  FollowTenantsHandler,
  KeepScoresHandler,
  PublishRenewals,
  RecordStateHandler,
  RefreshAccountsHandler,
];
const stores = [
  AccountStandingReadModel,
  ArrLedgerRepository,
  ArrReadModel,
  CancelRiskReadModel,
  CancelRiskRepository,
  LivingAccountsRepository,
  RenewalReadModel,
  RenewalRepository,
  ScoreRepository,
  TenantRepository,
];

/** Cancellations come before renewals: their path would else be read as a renewal's id. */
@Module({
  controllers: [ArrController, CancelRiskController, RenewalController],
  providers: [...consumers, ...handlers, ...stores],
})
export class RenewalsModule {}

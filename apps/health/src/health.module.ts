import { Module } from '@nestjs/common';

import { AccountConsumer } from './accounts/account.consumer';
import { AccountRepository } from './accounts/account.repository';
import { EraseAccountHandler } from './accounts/erase-account.handler';
import { LivingAccountsRepository } from './accounts/living-accounts.repository';
import { MergeAccountsHandler, MergeStores } from './accounts/merge-accounts.handler';
import { ActOnAlertHandler } from './alerts/act-on-alert.handler';
import { AlertCausesReadModel } from './alerts/alert-causes.read-model';
import { AlertController } from './alerts/alert.controller';
import { AlertReadModel } from './alerts/alert.read-model';
import { AlertRepository } from './alerts/alert.repository';
import { ConfirmSuspicionHandler } from './alerts/confirm-suspicion.handler';
import { PublishJudgement } from './alerts/publish-judgement.handler';
import { ResolveAlertsHandler } from './alerts/resolve-alerts.handler';
import { EvaluateAccountsHandler } from './evaluation/evaluate-accounts.handler';
import { EvaluationRepository } from './evaluation/evaluation.repository';
import { HeldJudgementReadModel } from './evaluation/held-judgement.read-model';
import { InputFreshness } from './evaluation/input-freshness.repository';
import { RecallScoresHandler } from './evaluation/recall-scores.handler';
import { SweepDueJob } from './evaluation/sweep-due.job';
import { FeatureController } from './features/feature.controller';
import { FeatureReadModel } from './features/feature.read-model';
import { FeatureRepository } from './features/feature.repository';
import { SetFeaturesHandler } from './features/set-features.handler';
import { InputController } from './inputs/input.controller';
import { InputReadModel } from './inputs/input.read-model';
import { AccountHistoryReadModel } from './history/account-history.read-model';
import { HotAccounts } from './history/hot-accounts.repository';
import { HealthController } from './score/health.controller';
import { HealthReadModel } from './score/health.read-model';
import { AccountStatesReadModel } from './history/account-states.read-model';
import { AddModelHandler } from './models/add-model.handler';
import { ModelController } from './models/model.controller';
import { ModelReadModel } from './models/model.read-model';
import { PlanModelHandler } from './models/plan-model.handler';
import { PublicationRepository } from './models/publication.repository';
import { PublishModelHandler } from './models/publish-model.handler';
import { ReadModelsHandler } from './models/read-models.handler';
import { WhatIfReadModel } from './models/what-if.read-model';
import { OverrideReadModel } from './opinions/override.read-model';
import { ListDisagreementsHandler } from './opinions/list-disagreements.handler';
import { OpinionController } from './opinions/opinion.controller';
import { OpinionRepository } from './opinions/opinion.repository';
import { PulseReadModel } from './opinions/pulse.read-model';
import { RejudgeAccountHandler } from './opinions/rejudge-account.handler';
import { OpinionStores, SayOpinionHandler } from './opinions/say-opinion.handler';
import { LedgerController } from './score/ledger.controller';
import { ReadLedgerHandler } from './score/read-ledger.handler';
import { RecalledHistoryHandler } from './score/recalled-history.handler';
import { AskStudyHandler } from './studies/ask-study.handler';
import { StudyController } from './studies/study.controller';
import { StudyJob, StudySources } from './studies/study.job';
import { StudyKinds } from './studies/study-kinds.handler';
import { StudyRepository } from './studies/study.repository';
import { AdoptChurnHandler } from './prediction/adopt-churn.handler';
import { AssumedKnowledgeReadModel } from './prediction/assumed-knowledge.read-model';
import { BacktestController } from './prediction/backtest.controller';
import { ChurnModelReadModel } from './prediction/churn-model.read-model';
import { ChurnModelRepository } from './prediction/churn-model.repository';
import { FitChurnHandler } from './prediction/fit-churn.handler';
import { LastYearHandler } from './prediction/last-year.handler';
import { PredictionController } from './prediction/prediction.controller';
import { PlanProposalHandler } from './prediction/plan-proposal.handler';
import { ProposeFitJob } from './prediction/propose-fit.job';
import { ReadChurnHandler } from './prediction/read-churn.handler';
import { BacktestSources, RunBacktestHandler } from './prediction/run-backtest.handler';
import { RecordStateHandler } from './state/record-state.handler';
import { DryRunSignalHandler } from './signals/dry-run-signal.handler';
import { ListSignalsHandler } from './signals/list-signals.handler';
import { SetSignalHandler } from './signals/set-signal.handler';
import { SignalController } from './signals/signal.controller';
import { SignalCountsReadModel } from './signals/signal-counts.read-model';
import { SignalSettingsReadModel } from './signals/signal-settings.read-model';
import { SignalSettingsRepository } from './signals/signal-settings.repository';
import { StateConsumer } from './state/state.consumer';
import { UsersRepository } from './state/users.repository';
import { FollowTenantHandler } from './tenants/follow-tenant.handler';
import { TenantConsumer } from './tenants/tenant.consumer';
import { TenantFactsReadModel } from './tenants/tenant-facts.read-model';
import { TenantRepository } from './tenants/tenant.repository';
import { FoldUsageHandler } from './usage/fold-usage.handler';
import { UsageConsumer } from './usage/usage.consumer';
import { UsageController } from './usage/usage.controller';
import { UsageReadModel } from './usage/usage.read-model';
import { UsageRepository } from './usage/usage.repository';

const consumers = [AccountConsumer, StateConsumer, TenantConsumer, UsageConsumer, ProposeFitJob, StudyJob, SweepDueJob];
const handlers = [
  AdoptChurnHandler,
  FitChurnHandler,
  LastYearHandler,
  PlanProposalHandler,
  ReadChurnHandler,
  RunBacktestHandler,
  ConfirmSuspicionHandler,
  DryRunSignalHandler,
  ListSignalsHandler,
  SetSignalHandler,
  AskStudyHandler,
  ListDisagreementsHandler,
  ReadLedgerHandler,
  RecalledHistoryHandler,
  RejudgeAccountHandler,
  SayOpinionHandler,
  AddModelHandler,
  PlanModelHandler,
  PublishModelHandler,
  ReadModelsHandler,
  ActOnAlertHandler,
  EraseAccountHandler,
  EvaluateAccountsHandler,
  FoldUsageHandler,
  FollowTenantHandler,
  MergeAccountsHandler,
  PublishJudgement,
  RecallScoresHandler,
  RecordStateHandler,
  ResolveAlertsHandler,
  SetFeaturesHandler,
];
const stores = [
  AssumedKnowledgeReadModel,
  BacktestSources,
  ChurnModelReadModel,
  ChurnModelRepository,
  AlertCausesReadModel,
  SignalCountsReadModel,
  SignalSettingsReadModel,
  SignalSettingsRepository,
  OpinionRepository,
  OpinionStores,
  PulseReadModel,
  ModelReadModel,
  OverrideReadModel,
  StudyKinds,
  StudyRepository,
  StudySources,
  PublicationRepository,
  WhatIfReadModel,
  AccountHistoryReadModel,
  AccountStatesReadModel,
  AccountRepository,
  AlertReadModel,
  AlertRepository,
  EvaluationRepository,
  FeatureReadModel,
  FeatureRepository,
  HealthReadModel,
  HeldJudgementReadModel,
  HotAccounts,
  InputFreshness,
  InputReadModel,
  LivingAccountsRepository,
  MergeStores,
  TenantFactsReadModel,
  TenantRepository,
  UsageReadModel,
  UsageRepository,
  UsersRepository,
];

@Module({
  controllers: [
    AlertController,
    FeatureController,
    HealthController,
    InputController,
    BacktestController,
    LedgerController,
    PredictionController,
    ModelController,
    OpinionController,
    SignalController,
    StudyController,
    UsageController,
  ],
  providers: [...consumers, ...handlers, ...stores],
})
export class HealthModule {}

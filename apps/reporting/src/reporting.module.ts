import { Module } from '@nestjs/common';
import { AccountConsumer } from './accounts/account.consumer';
import { AccountsController } from './accounts/accounts.controller';
import { ChangeAccountsHandler } from './accounts/change-accounts.handler';
import { FoldStateHandler } from './accounts/fold-state.handler';
import { AlertConsumer } from './alerts/alert.consumer';
import { ProjectAlertsHandler } from './alerts/project-alerts.handler';
import { DistributionController } from './distribution/distribution.controller';
import { LiveController } from './live/live.controller';
import { StreamChangesHandler } from './live/stream-changes.handler';
import { NotesController } from './notes/notes.controller';
import { WriteNotesHandler } from './notes/write-notes.handler';
import { RefreshPortfolioHandler } from './portfolio/refresh-portfolio.handler';
import { ProfileController } from './profile/profile.controller';
import { MovementConsumer } from './retention/movement.consumer';
import { ProjectMovementsHandler } from './retention/project-movements.handler';
import { ProjectRenewalsHandler } from './retention/project-renewals.handler';
import { RetentionController } from './retention/retention.controller';
import { ProjectScoresHandler } from './scores/project-scores.handler';
import { ScoreConsumer } from './scores/score.consumer';
import { FollowTenantsHandler } from './tenants/follow-tenants.handler';
import { TenantConsumer } from './tenants/tenant.consumer';
import { TimelineController } from './timeline/timeline.controller';
import { TodayController } from './today/today.controller';

const consumers = [AccountConsumer, ScoreConsumer, AlertConsumer, MovementConsumer, TenantConsumer];
const projections = [
  ChangeAccountsHandler,
  FoldStateHandler,
  RefreshPortfolioHandler,
  ProjectScoresHandler,
  ProjectAlertsHandler,
  ProjectMovementsHandler,
  ProjectRenewalsHandler,
  FollowTenantsHandler,
];

@Module({
  controllers: [
    AccountsController,
    ProfileController,
    TimelineController,
    NotesController,
    TodayController,
    LiveController,
    DistributionController,
    RetentionController,
  ],
  providers: [...consumers, ...projections, WriteNotesHandler, StreamChangesHandler],
})
export class ReportingModule {}

import { Module } from '@nestjs/common';
import { AccountConsumer } from './accounts/account.consumer';
import { AccountsController } from './accounts/accounts.controller';
import { ChangeAccountsHandler } from './accounts/change-accounts.handler';
import { FoldStateHandler } from './accounts/fold-state.handler';
import { AlertConsumer } from './alerts/alert.consumer';
import { ProjectAlertsHandler } from './alerts/project-alerts.handler';
import { LiveController } from './live/live.controller';
import { StreamChangesHandler } from './live/stream-changes.handler';
import { NotesController } from './notes/notes.controller';
import { WriteNotesHandler } from './notes/write-notes.handler';
import { RefreshPortfolioHandler } from './portfolio/refresh-portfolio.handler';
import { ProfileController } from './profile/profile.controller';
import { ProjectScoresHandler } from './scores/project-scores.handler';
import { ScoreConsumer } from './scores/score.consumer';
import { FollowTenantsHandler } from './tenants/follow-tenants.handler';
import { TenantConsumer } from './tenants/tenant.consumer';
import { TimelineController } from './timeline/timeline.controller';
import { TodayController } from './today/today.controller';

const consumers = [AccountConsumer, ScoreConsumer, AlertConsumer, TenantConsumer];
const projections = [
  ChangeAccountsHandler,
  FoldStateHandler,
  RefreshPortfolioHandler,
  ProjectScoresHandler,
  ProjectAlertsHandler,
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
  ],
  providers: [...consumers, ...projections, WriteNotesHandler, StreamChangesHandler],
})
export class ReportingModule {}

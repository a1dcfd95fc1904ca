import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { TimelineItem } from '@tenure/contracts';
import { Caller, type CallerIdentity, Database, type Page, PageQuery, readers, Roles } from '@tenure/platform';
import { ProfileReadModel } from '../profile/profile.read-model';
import { TimelineDto } from './timeline.dto';
import { TimelineReadModel } from './timeline.read-model';

@ApiTags('accounts')
@Controller('api/v1/accounts/:accountId/timeline')
export class TimelineController {
  private readonly profiles = new ProfileReadModel();
  private readonly timeline = new TimelineReadModel();

  constructor(private readonly database: Database) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: TimelineDto })
  list(
    @Caller() { tenant }: CallerIdentity,
    @Param('accountId') accountId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<TimelineItem>> {
    return this.database.read([tenant], async (tx) => {
      await this.profiles.mustExist(tx, tenant, accountId);
      return this.timeline.list(tx, { tenantId: tenant, accountId }, limit, cursor);
    });
  }
}

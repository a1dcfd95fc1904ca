import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { TodayBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, Clock, Database, readers, Roles } from '@tenure/platform';
import { ownerFilter } from '../accounts/owner-filter.domain';
import { TodayDto, TodayQuery } from './today.dto';
import { TodayReadModel } from './today.read-model';

@ApiTags('today')
@Controller('api/v1/today')
export class TodayController {
  private readonly today = new TodayReadModel();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: TodayDto })
  list(@Caller() { tenant, email }: CallerIdentity, @Query() query: TodayQuery): Promise<TodayBody> {
    const { owner } = ownerFilter(query.owner, email);
    return this.database.read([tenant], (tx) => this.today.list(tx, tenant, owner, this.clock.now()));
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { HealthDistributionBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, Clock, Database, readers, Roles } from '@tenure/platform';
import { DistributionDto, DistributionQuery } from './distribution.dto';
import { DistributionReadModel } from './distribution.read-model';

@ApiTags('reports')
@Controller('api/v1/reports/health-distribution')
export class DistributionController {
  private readonly distribution = new DistributionReadModel();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: DistributionDto })
  report(@Caller() { tenant }: CallerIdentity, @Query() query: DistributionQuery): Promise<HealthDistributionBody> {
    return this.database.read([tenant], (tx) => this.distribution.report(tx, tenant, query, this.clock.now()));
  }
}

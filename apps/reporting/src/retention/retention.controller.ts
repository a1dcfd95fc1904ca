import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { RetentionBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, Clock, Database, type Page, readers, Roles } from '@tenure/platform';
import { MovementsDto, MovementsQuery, RetentionDto, RetentionQuery } from './retention.dto';
import { type MovementRow, RetentionReadModel } from './retention.read-model';

@ApiTags('reports')
@Controller('api/v1/reports/retention')
export class RetentionController {
  private readonly retention = new RetentionReadModel();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: RetentionDto })
  report(@Caller() { tenant }: CallerIdentity, @Query() query: RetentionQuery): Promise<RetentionBody> {
    return this.database.read([tenant], (tx) => this.retention.report(tx, tenant, query, this.clock.now()));
  }

  @Get('movements')
  @Roles(...readers)
  @ApiOkResponse({ type: MovementsDto })
  movements(@Caller() { tenant }: CallerIdentity, @Query() query: MovementsQuery): Promise<Page<MovementRow>> {
    return this.database.read([tenant], (tx) => this.retention.movements(tx, tenant, query, this.clock.now()));
  }
}

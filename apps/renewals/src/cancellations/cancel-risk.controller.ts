import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Caller, type CallerIdentity, Database, type Page, PageQuery, readers, Roles } from '@tenure/platform';
import { CancelRiskReadModel, type CancelRiskRow } from './cancel-risk.read-model';

class CancelRisksDto {
  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      description: '{accountId, contractId, arr, currency, probability (90 days), monthly, basis, why}',
    },
  })
  items!: CancelRiskRow[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** Plans outside the calendar: monthly, short and evergreen ones. */
@ApiTags('renewals')
@Controller('api/v1/renewals/cancellations')
export class CancelRiskController {
  constructor(
    private readonly database: Database,
    private readonly risks: CancelRiskReadModel,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: CancelRisksDto })
  list(@Caller() caller: CallerIdentity, @Query() { limit, cursor }: PageQuery): Promise<Page<CancelRiskRow>> {
    return this.database.read([caller.tenant], (tx) => this.risks.list(tx, caller.tenant, limit, cursor));
  }
}

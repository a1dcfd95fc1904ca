import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, type CallerIdentity, Clock, Database, Problem, readers, Roles } from '@tenure/platform';
import { zonedDay } from '@tenure/scoring';
import { arrBody, type ArrPage } from './arr-body.domain';
import { ArrReadModel } from './arr.read-model';

@ApiTags('renewals')
@Controller('api/v1/accounts/:id/arr')
export class ArrController {
  constructor(
    private readonly database: Database,
    private readonly ledger: ArrReadModel,
    private readonly clock: Clock,
  ) {}

  /** The account's ARR today, where it comes from, and every movement that made it. */
  @Get()
  @Roles(...readers)
  @ApiOkResponse({ schema: { type: 'object' }, description: '{arr, currency, source, byCurrency, movements}' })
  async arr(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<ArrPage> {
    const key = { tenantId: caller.tenant, accountId: id };
    const parts = await this.database.read([caller.tenant], (tx) => this.ledger.one(tx, key));
    if (!parts) throw new Problem('not-found', `There is no account ${id}.`);
    return arrBody(parts, zonedDay(this.clock.now().getTime(), parts.timeZone));
  }
}

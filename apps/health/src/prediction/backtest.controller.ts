import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, type CallerIdentity, leaders, readers, Roles } from '@tenure/platform';

import type { Study } from '../studies/study.domain';
import { LastYearHandler } from './last-year.handler';
import { BacktestDto } from './prediction.dto';
import { RunBacktestHandler } from './run-backtest.handler';

const aStudy = { schema: { type: 'object' }, description: 'The study; `GET /studies/{id}` says how far it is' };

/** Models and alerts, held against the tenant's own past. */
@ApiTags('health')
@Controller('api/v1')
export class BacktestController {
  constructor(
    private readonly backtests: RunBacktestHandler,
    private readonly years: LastYearHandler,
  ) {}

  @Post('backtests')
  @HttpCode(202)
  @Roles(...leaders)
  @ApiAcceptedResponse(aStudy)
  backtest(@Caller() caller: CallerIdentity, @Body() { subject, version, stepDays }: BacktestDto): Promise<Study> {
    return this.backtests.ask(caller, { subject, version: version ?? null, stepDays });
  }

  /** What today's alerts would have said over the last twelve months; null until somebody asked, or an import was closed. */
  @Get('last-year')
  @Roles(...readers)
  @ApiOkResponse({ schema: { type: 'object', nullable: true }, description: 'The newest study of the last year' })
  async lastYear(@Caller() { tenant }: CallerIdentity): Promise<{ study: Study | null }> {
    return { study: await this.years.newest(tenant) };
  }

  @Post('last-year')
  @HttpCode(202)
  @Roles(...leaders)
  @ApiAcceptedResponse(aStudy)
  askLastYear(@Caller() caller: CallerIdentity): Promise<Study> {
    return this.years.ask(caller.tenant, caller.name);
  }
}

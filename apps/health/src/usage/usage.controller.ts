import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { UsageBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, Clock, Database, Problem, readers, Roles } from '@tenure/platform';

import { RangeQuery } from '../score/health.controller';
import { HealthReadModel } from '../score/health.read-model';
import { UsageReadModel } from './usage.read-model';

const monthsMs = 92 * 86_400_000;

@ApiTags('health')
@Controller('api/v1/accounts/:id/usage')
export class UsageController {
  constructor(
    private readonly database: Database,
    private readonly usage: UsageReadModel,
    private readonly health: HealthReadModel,
    private readonly clock: Clock,
  ) {}

  /** By default the last three months. */
  @Get()
  @Roles(...readers)
  @ApiOkResponse({ schema: { type: 'object' }, description: 'Events, active human users and features of each day' })
  days(@Caller() caller: CallerIdentity, @Param('id') id: string, @Query() query: RangeQuery): Promise<UsageBody> {
    const now = this.clock.now().getTime();
    const from = query.from ?? new Date(now - monthsMs).toISOString().slice(0, 10);
    // A day ahead: east of Greenwich it is tomorrow already.
    const to = query.to ?? new Date(now + 86_400_000).toISOString().slice(0, 10);
    const key = { tenantId: caller.tenant, accountId: id };
    return this.database.read([caller.tenant], async (tx) => {
      if (!(await this.health.exists(tx, key))) throw new Problem('not-found', `There is no account ${id}.`);
      return { days: await this.usage.days(tx, key, from, to) };
    });
  }
}

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import type { HealthBody, HealthHistoryBody, SignalsBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, Clock, Database, Problem, readers, Roles, type Tx } from '@tenure/platform';
import { accountHealth, asOf } from '@tenure/scoring';
import { IsISO8601, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

import { scoreContext } from '../evaluation/evaluation.domain';
import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import { healthBody } from './health-body.domain';
import { HealthReadModel } from './health.read-model';
import { RecalledHistoryHandler } from './recalled-history.handler';

const yearMs = 365 * 86_400_000;

/** ISO 8601 also has years alone and weeks, which are no day. */
const aDay = /^\d{4}-\d{2}-\d{2}(T|$)/;

export class RangeQuery {
  @ApiPropertyOptional({ format: 'date', description: 'First day; default a year ago' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(aDay, { message: 'a day like 2026-01-31' })
  from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Last day; default today' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(aDay, { message: 'a day like 2026-01-31' })
  to?: string;
}

export class HistoryQuery extends RangeQuery {
  @ApiPropertyOptional({
    description: 'A version of a model, or `current`: its scores, week by week, instead of those told then',
  })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  model?: string;
}

const anObject = { schema: { type: 'object' } };

@ApiTags('health')
@Controller('api/v1')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly health: HealthReadModel,
    private readonly tenants: TenantFactsReadModel,
    private readonly recalled: RecalledHistoryHandler,
    private readonly clock: Clock,
  ) {}

  @Get('accounts/:id/health')
  @Roles(...readers)
  @ApiOkResponse({ ...anObject, description: 'Score with contributions that add up to it' })
  now(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<HealthBody> {
    return this.database.read([caller.tenant], async (tx) => {
      const state = await this.health.state(tx, { tenantId: caller.tenant, accountId: id });
      if (!state) throw notFound(id);
      const at = this.clock.now().getTime();
      const model = await this.tenants.model(tx, caller.tenant);
      return healthBody(accountHealth(state.history, asOf(at), model, scoreContext(state, at)), at);
    });
  }

  @Get('accounts/:id/health/history')
  @Roles(...readers)
  @ApiOkResponse({
    ...anObject,
    description: 'The last score of each day as it was told, or week by week under the model asked for',
  })
  async history(
    @Caller() caller: CallerIdentity,
    @Param('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<HealthHistoryBody> {
    const { from, to } = this.range(query);
    const key = { tenantId: caller.tenant, accountId: id };
    const { model } = query;
    if (model !== undefined) return { items: await this.recalled.under(key, model, from, to) };
    return { items: await this.read(caller, id, (tx) => this.health.days(tx, key, from, to)) };
  }

  @Get('accounts/:id/signals')
  @Roles(...readers)
  @ApiOkResponse({ ...anObject, description: 'Every signal as it stands for the account' })
  async signals(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<SignalsBody> {
    const key = { tenantId: caller.tenant, accountId: id };
    return { items: await this.read(caller, id, (tx) => this.health.signals(tx, key)) };
  }

  private read<T>(caller: CallerIdentity, accountId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.read([caller.tenant], async (tx) => {
      if (!(await this.health.exists(tx, { tenantId: caller.tenant, accountId }))) throw notFound(accountId);
      return work(tx);
    });
  }

  private range({ from, to }: RangeQuery): { from: string; to: string } {
    const now = this.clock.now().getTime();
    const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
    return { from: from ?? day(now - yearMs), to: to ?? day(now) };
  }
}

function notFound(accountId: string): Problem {
  return new Problem('not-found', `There is no account ${accountId}.`);
}

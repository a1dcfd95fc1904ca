import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, type CallerIdentity, leaders, readers, Roles } from '@tenure/platform';

import { PlanModelHandler } from './plan-model.handler';
import type { KeptPlan } from './plan.domain';

const aPlan = {
  schema: { type: 'object' },
  description: 'The plan: its state, how far it is, and in the end its result',
};

/** What publishing a model would do, worked out before anybody does it. */
@ApiTags('health')
@Controller('api/v1')
export class PlanController {
  constructor(private readonly plans: PlanModelHandler) {}

  @Post('models/:version/plan')
  @HttpCode(202)
  @Roles(...leaders)
  @ApiAcceptedResponse(aPlan)
  ask(@Caller() caller: CallerIdentity, @Param('version') version: string): Promise<KeptPlan> {
    return this.plans.ask(caller, version);
  }

  @Get('model-plans')
  @Roles(...readers)
  @ApiOkResponse({ schema: { type: 'object' }, description: 'The last fifty plans, newest first' })
  async list(@Caller() { tenant }: CallerIdentity): Promise<{ items: KeptPlan[]; nextCursor: null }> {
    return { items: await this.plans.list(tenant), nextCursor: null };
  }

  @Get('model-plans/:id')
  @Roles(...readers)
  @ApiOkResponse(aPlan)
  show(@Caller() { tenant }: CallerIdentity, @Param('id', ParseUUIDPipe) id: string): Promise<KeptPlan> {
    return this.plans.show(tenant, id);
  }

  @Post('model-plans/:id/cancel')
  @HttpCode(200)
  @Roles(...leaders)
  @ApiOkResponse(aPlan)
  cancel(@Caller() { tenant }: CallerIdentity, @Param('id', ParseUUIDPipe) id: string): Promise<KeptPlan> {
    return this.plans.cancel(tenant, id);
  }
}

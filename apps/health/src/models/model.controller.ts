import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, type CallerIdentity, leaders, readers, Roles } from '@tenure/platform';
import { modelSchema } from '@tenure/scoring';

import type { Study } from '../studies/study.domain';
import { AddModelHandler } from './add-model.handler';
import { AgainstQuery, ModelFileDto, PublishDto, WhatIfQuery } from './model.dto';
import { PlanModelHandler } from './plan-model.handler';
import { type Published, PublishModelHandler } from './publish-model.handler';
import { ReadModelsHandler } from './read-models.handler';

const anObject = { schema: { type: 'object' } };

/** Health models as files: kept, compared, published, rolled back. */
@ApiTags('health')
@Controller('api/v1/models')
export class ModelController {
  constructor(
    private readonly models: ReadModelsHandler,
    private readonly adder: AddModelHandler,
    private readonly planner: PlanModelHandler,
    private readonly publisher: PublishModelHandler,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({
    ...anObject,
    description: 'Models that were kept, and every time one was put in force, newest first',
  })
  list(@Caller() { tenant }: CallerIdentity) {
    return this.models.list(tenant);
  }

  @Get('current')
  @Roles(...readers)
  @ApiOkResponse({
    ...anObject,
    description: 'The model that scores are made with, and how many accounts still wait for it',
  })
  current(@Caller() { tenant }: CallerIdentity) {
    return this.models.current(tenant);
  }

  @Get('schema')
  @Roles(...readers)
  @ApiOkResponse({ ...anObject, description: 'JSON Schema of a model file' })
  schema(): Readonly<Record<string, unknown>> {
    return modelSchema;
  }

  @Get('what-if')
  @Roles(...readers)
  @ApiOkResponse({
    ...anObject,
    description: 'The numbers of the accounts with the largest ARR, to be scored by any model',
  })
  whatIf(@Caller() { tenant }: CallerIdentity, @Query() { limit }: WhatIfQuery) {
    return this.models.whatIf(tenant, limit);
  }

  @Get(':version')
  @Roles(...readers)
  @ApiOkResponse({ ...anObject, description: 'One version, whole' })
  one(@Caller() { tenant }: CallerIdentity, @Param('version') version: string) {
    return this.models.one(tenant, version);
  }

  /** Keeps the file under its version; nothing is scored with it until it is published. */
  @Post()
  @Roles(...leaders)
  @ApiCreatedResponse({
    ...anObject,
    description: 'The version of the file; the same content again is the same version',
  })
  async add(@Caller() caller: CallerIdentity, @Body() { model }: ModelFileDto): Promise<{ version: string }> {
    return { version: (await this.adder.add(caller, model)).version };
  }

  /** Checks a file and says in words what it would change; keeps nothing. */
  @Post('compare')
  @HttpCode(200)
  @Roles(...readers)
  @ApiOkResponse({ ...anObject, description: 'Version and differences to the model in force, or to `against`' })
  compare(@Caller() { tenant }: CallerIdentity, @Body() { model }: ModelFileDto, @Query() { against }: AgainstQuery) {
    return this.models.compare(tenant, model, against);
  }

  @Post('rollback')
  @HttpCode(200)
  @Roles(...leaders)
  @ApiOkResponse({ ...anObject, description: 'The version that was in force before is in force again' })
  rollback(@Caller() caller: CallerIdentity, @Body() { note }: PublishDto): Promise<Published> {
    return this.publisher.rollback(caller, note);
  }

  /** Worked out as a study: `GET /studies/{id}` says how far it is, and the plan. */
  @Post(':version/plan')
  @HttpCode(202)
  @Roles(...leaders)
  @ApiAcceptedResponse({ ...anObject, description: 'The study that finds out what publishing it would do' })
  plan(@Caller() caller: CallerIdentity, @Param('version') version: string): Promise<Study> {
    return this.planner.ask(caller, version);
  }

  @Post(':version/publish')
  @HttpCode(200)
  @Roles(...leaders)
  @ApiOkResponse({ ...anObject, description: 'In force from now on; every account is judged anew' })
  publish(
    @Caller() caller: CallerIdentity,
    @Param('version') version: string,
    @Body() { note }: PublishDto,
  ): Promise<Published> {
    return this.publisher.publish(caller, version, note);
  }
}

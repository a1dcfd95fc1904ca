import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Caller, type CallerIdentity, leaders, readers, Roles } from '@tenure/platform';
import { IsIn } from 'class-validator';

import { AskStudyHandler } from './ask-study.handler';
import type { Study } from './study.domain';

const aStudy = { schema: { type: 'object' }, description: 'Its state, how far it is, and in the end its answer' };
const kinds = ['model-plan', 'last-year', 'backtest', 'churn-fit', 'signal-dry-run'] as const;

export class StudiesQuery {
  @ApiProperty({ enum: kinds })
  @IsIn(kinds)
  kind!: (typeof kinds)[number];
}

/** Long looks at every account: plans of a model, the last year, backtests, fits. They are asked for where they belong. */
@ApiTags('health')
@Controller('api/v1/studies')
export class StudyController {
  constructor(private readonly studies: AskStudyHandler) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ schema: { type: 'object' }, description: 'The last fifty of a kind, newest first, without answers' })
  async list(
    @Caller() { tenant }: CallerIdentity,
    @Query() { kind }: StudiesQuery,
  ): Promise<{ items: Study[]; nextCursor: null }> {
    return { items: await this.studies.list(tenant, kind), nextCursor: null };
  }

  @Get(':id')
  @Roles(...readers)
  @ApiOkResponse(aStudy)
  show(@Caller() { tenant }: CallerIdentity, @Param('id', ParseUUIDPipe) id: string): Promise<Study> {
    return this.studies.show(tenant, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Roles(...leaders)
  @ApiOkResponse(aStudy)
  cancel(@Caller() { tenant }: CallerIdentity, @Param('id', ParseUUIDPipe) id: string): Promise<Study> {
    return this.studies.cancel(tenant, id);
  }
}

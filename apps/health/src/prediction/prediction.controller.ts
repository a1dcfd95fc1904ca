import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, type CallerIdentity, leaders, readers, Roles } from '@tenure/platform';

import type { Study } from '../studies/study.domain';
import { AdoptChurnHandler } from './adopt-churn.handler';
import { FitChurnHandler } from './fit-churn.handler';
import { AdoptDto } from './prediction.dto';
import { type AccountChurnBody, type ChurnModelsBody, ReadChurnHandler } from './read-churn.handler';

const anObject = { schema: { type: 'object' } };

/** The churn probability: learned from the tenant's own outcomes, proposed with its card, adopted by people. */
@ApiTags('health')
@Controller('api/v1')
export class PredictionController {
  constructor(
    private readonly reader: ReadChurnHandler,
    private readonly fitter: FitChurnHandler,
    private readonly adopter: AdoptChurnHandler,
  ) {}

  @Get('accounts/:id/churn')
  @Roles(...readers)
  @ApiOkResponse({ ...anObject, description: 'P(no renewal), with parts in log-odds that add up' })
  account(@Caller() { tenant }: CallerIdentity, @Param('id') id: string): Promise<AccountChurnBody> {
    return this.reader.account({ tenantId: tenant, accountId: id });
  }

  @Get('churn-models')
  @Roles(...readers)
  @ApiOkResponse({
    ...anObject,
    description: 'The model in force, the newest that was learned with its card, the publications',
  })
  list(@Caller() { tenant }: CallerIdentity): Promise<ChurnModelsBody> {
    return this.reader.list(tenant);
  }

  @Post('churn-models/fit')
  @HttpCode(202)
  @Roles(...leaders)
  @ApiAcceptedResponse({ ...anObject, description: 'The study that learns a model and proposes it' })
  fit(@Caller() caller: CallerIdentity): Promise<Study> {
    return this.fitter.ask(caller);
  }

  @Post('churn-models/prior')
  @HttpCode(200)
  @Roles(...leaders)
  @ApiOkResponse({ ...anObject, description: 'The experts’ prior is in force again' })
  prior(@Caller() caller: CallerIdentity, @Body() { note }: AdoptDto) {
    return this.adopter.prior(caller, note);
  }

  @Post('churn-models/:version/adopt')
  @HttpCode(200)
  @Roles(...leaders)
  @ApiOkResponse({ ...anObject, description: 'In force from now on' })
  adopt(@Caller() caller: CallerIdentity, @Param('version') version: string, @Body() { note }: AdoptDto) {
    return this.adopter.adopt(caller, version, note);
  }
}

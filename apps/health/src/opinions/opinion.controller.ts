import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { DisagreementsBody, PulsesBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, readers, Roles, writers } from '@tenure/platform';

import { ListDisagreementsHandler } from './list-disagreements.handler';
import { OverrideDto, PulseDto } from './opinion.dto';
import { SayOpinionHandler } from './say-opinion.handler';

const opinions = {
  schema: { type: 'object' },
  description: 'The pulse and the override that hold, and earlier pulses',
};

/** What people say of an account beside its score. */
@ApiTags('health')
@Controller('api/v1')
export class OpinionController {
  constructor(
    private readonly opinions: SayOpinionHandler,
    private readonly disagreements: ListDisagreementsHandler,
  ) {}

  @Get('accounts/:id/pulses')
  @Roles(...readers)
  @ApiOkResponse(opinions)
  read(@Caller() { tenant }: CallerIdentity, @Param('id') id: string): Promise<PulsesBody> {
    return this.opinions.read({ tenantId: tenant, accountId: id });
  }

  @Post('accounts/:id/pulses')
  @Roles(...writers)
  @ApiOkResponse(opinions)
  pulse(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() body: PulseDto): Promise<PulsesBody> {
    return this.opinions.pulse(caller, id, body);
  }

  @Delete('accounts/:id/pulses/current')
  @Roles(...writers)
  @ApiOkResponse(opinions)
  withdraw(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<PulsesBody> {
    return this.opinions.withdrawPulse(caller, id);
  }

  @Put('accounts/:id/override')
  @Roles(...writers)
  @ApiOkResponse(opinions)
  override(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() body: OverrideDto): Promise<PulsesBody> {
    return this.opinions.override(caller, id, body);
  }

  @Delete('accounts/:id/override')
  @Roles(...writers)
  @ApiOkResponse(opinions)
  end(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<PulsesBody> {
    return this.opinions.endOverride(caller, id);
  }

  @Get('disagreements')
  @Roles(...readers)
  @ApiOkResponse({
    schema: { type: 'object' },
    description: 'Accounts of which a person and the score say different bands',
  })
  list(@Caller() { tenant }: CallerIdentity): Promise<DisagreementsBody> {
    return this.disagreements.list(tenant);
  }
}

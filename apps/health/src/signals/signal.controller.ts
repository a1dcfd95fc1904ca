import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, type CallerIdentity, leaders, Problem, readers, Roles } from '@tenure/platform';
import type { SignalSettings } from '@tenure/scoring';

import type { Study } from '../studies/study.domain';
import { DryRunSignalHandler } from './dry-run-signal.handler';
import { ListSignalsHandler } from './list-signals.handler';
import { SetSignalHandler } from './set-signal.handler';
import type { CatalogueEntry, SettingsBody } from './signal-catalogue.domain';
import { DryRunDto, SetSignalDto, type SettingsDto } from './signal.dto';

const anObject = { schema: { type: 'object' } };
const aRun = { ...anObject, description: 'A study: GET /api/v1/studies/{id} tells how far it is, and its answer' };

/** The catalogue of signals, how sensitive each is, and what another choice would have done. */
@ApiTags('health')
@Controller('api/v1')
export class SignalController {
  constructor(
    private readonly catalogue: ListSignalsHandler,
    private readonly settings: SetSignalHandler,
    private readonly runs: DryRunSignalHandler,
  ) {}

  @Get('signals')
  @Roles(...readers)
  @ApiOkResponse({ ...anObject, description: 'Every signal: condition, inputs, open now, fired in 90 days, precision' })
  async list(@Caller() { tenant }: CallerIdentity): Promise<{ items: CatalogueEntry[]; nextCursor: null }> {
    return { items: await this.catalogue.list(tenant), nextCursor: null };
  }

  @Get('signals/:signal/settings')
  @Roles(...readers)
  @ApiOkResponse({ ...anObject, description: 'What is in force, what the catalogue has, and every version' })
  show(@Caller() { tenant }: CallerIdentity, @Param('signal') signal: string): Promise<SettingsBody> {
    return this.settings.show(tenant, signal);
  }

  /** Replaces the settings whole; every account is judged by them at once. */
  @Put('signals/:signal/settings')
  @Roles(...leaders)
  @ApiOkResponse({ ...anObject, description: 'The settings as they are now' })
  set(
    @Caller() caller: CallerIdentity,
    @Param('signal') signal: string,
    @Body() body: SetSignalDto,
  ): Promise<SettingsBody> {
    const { reset = false, note = null, version = null } = body;
    return this.settings.set(caller, signal, { settings: reset ? null : settingsOf(body), note, version });
  }

  @Post('signals/:signal/dry-run')
  @HttpCode(202)
  @Roles(...leaders)
  @ApiAcceptedResponse(aRun)
  dryRun(@Caller() caller: CallerIdentity, @Param('signal') signal: string, @Body() body: DryRunDto): Promise<Study> {
    return this.runs.ask(caller, { signal, settings: settingsOf(body), from: body.from, to: body.to });
  }
}

/** Only what settings are made of; the shape of a segment is checked here, its parameters by the catalogue. */
function settingsOf({ off, parameters, segments }: SettingsDto): SignalSettings {
  for (const [segment, variant] of Object.entries(segments ?? {})) {
    const wrong = shapeError(variant);
    if (wrong !== null) throw new Problem('invalid', wrong, { pointer: `/segments/${segment}` });
  }
  return {
    ...(off !== undefined && { off }),
    ...(parameters !== undefined && { parameters }),
    ...(segments !== undefined && { segments }),
  };
}

function shapeError(variant: unknown): string | null {
  if (typeof variant !== 'object' || variant === null || Array.isArray(variant))
    return 'A segment is {off?, parameters?}.';
  const { off, parameters, ...rest } = variant as Record<string, unknown>;
  if (Object.keys(rest).length > 0)
    return `A segment is {off?, parameters?}; there is also ${Object.keys(rest).join(', ')}.`;
  if (off !== undefined && typeof off !== 'boolean') return 'off is true or false.';
  if (parameters !== undefined && (typeof parameters !== 'object' || parameters === null))
    return 'parameters is an object.';
  return null;
}

import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { admins, Caller, type CallerIdentity, readers, Roles } from '@tenure/platform';

import { ManageSourcesHandler } from '../sources/manage-sources.handler';
import type { Source } from '../sources/sources.read-model';
import { ChangeSourceSettingsDto, SourceSettingsBody } from './source-settings.dto';
import { SourceSettingsHandler } from './source-settings.handler';

/** How much a source may send, what names its accounts, and whether it takes anything at all. */
@ApiTags('Sources')
@Controller('api/v1/sources/:id')
export class SourceSettingsController {
  constructor(
    private readonly settings: SourceSettingsHandler,
    private readonly sources: ManageSourcesHandler,
  ) {}

  @Get('settings')
  @Roles(...readers)
  @ApiOkResponse({ type: SourceSettingsBody })
  read(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<SourceSettingsBody> {
    return this.settings.read(caller.tenant, id);
  }

  /** Every process knows it within five seconds. */
  @Patch('settings')
  @Roles(...admins)
  @ApiOkResponse({ type: SourceSettingsBody })
  change(
    @Caller() caller: CallerIdentity,
    @Param('id') id: string,
    @Body() { eventsPerSecond, accountProperty }: ChangeSourceSettingsDto,
  ): Promise<SourceSettingsBody> {
    return this.settings.change(caller.tenant, id, {
      ...(eventsPerSecond === undefined ? {} : { eventsPerSecond }),
      ...(accountProperty === undefined ? {} : { accountProperty }),
    });
  }

  /** Until it is resumed, what it sends is answered 403 and stays the sender's; everywhere within five seconds. */
  @Post('pause')
  @HttpCode(200)
  @Roles(...admins)
  async pause(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<{ source: Source }> {
    return { source: await this.sources.pause(caller.tenant, id) };
  }

  @Post('resume')
  @HttpCode(200)
  @Roles(...admins)
  async resume(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<{ source: Source }> {
    return { source: await this.sources.resume(caller.tenant, id) };
  }
}

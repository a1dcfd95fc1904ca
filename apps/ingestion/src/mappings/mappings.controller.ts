import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { MappingAuthor, MappingBody, PreviewBody } from '@tenure/contracts';
import { admins, Caller, type CallerIdentity, readers, Roles } from '@tenure/platform';

import { ManageMappingsHandler } from './manage-mappings.handler';
import { PreviewDto, PutMappingDto } from './mappings.dto';
import { PreviewMappingHandler } from './preview-mapping.handler';

/** How the items of a webhook source become canonical events. */
@ApiTags('Sources')
@Controller('api/v1/sources/:id/mapping')
export class MappingsController {
  constructor(
    private readonly mappings: ManageMappingsHandler,
    private readonly previewer: PreviewMappingHandler,
  ) {}

  /** The mapping in force, the vendor's default, and who changed it when. */
  @Get()
  @Roles(...readers)
  get(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<MappingBody> {
    return this.mappings.get(caller.tenant, id);
  }

  /** The whole mapping anew. Each of its faults is named with a pointer; what came before stays as it was mapped. */
  @Put()
  @Roles(...admins)
  put(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() body: PutMappingDto): Promise<MappingBody> {
    return this.mappings.put(caller.tenant, id, body.mapping, body.version, authorOf(caller));
  }

  /** Back to the vendor's default; the versions before are kept. */
  @Delete()
  @HttpCode(200)
  @Roles(...admins)
  reset(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<MappingBody> {
    return this.mappings.reset(caller.tenant, id, authorOf(caller));
  }

  /** What a payload would become, or why not. Nothing is kept or sent. */
  @Post('preview')
  @HttpCode(200)
  @Roles(...readers)
  preview(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() body: PreviewDto): Promise<PreviewBody> {
    return this.previewer.preview(caller.tenant, id, body.payload, body.mapping);
  }
}

const authorOf = ({ subject, name }: CallerIdentity): MappingAuthor => ({ id: subject, name: name ?? null });

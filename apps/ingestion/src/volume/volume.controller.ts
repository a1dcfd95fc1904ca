import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { SourceVolumesBody, VolumeSeriesBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, readers, Roles } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { ReadVolumeHandler } from './read-volume.handler';
import { VolumeQuery } from './volume.dto';

/** What sources send, hour by hour, and whether that is as usual. */
@ApiTags('Sources')
@Controller('api/v1/sources')
export class VolumeController {
  constructor(
    private readonly volume: ReadVolumeHandler,
    private readonly config: IngestionConfig,
  ) {}

  /** Every source with its last event, 28 days of counts, and whether it fell silent or left its usual volume. */
  @Get('volume')
  @Roles(...readers)
  async all(@Caller() caller: CallerIdentity): Promise<SourceVolumesBody> {
    return { items: await this.volume.all(caller.tenant), nextCursor: null, ingestUrl: this.config.publicUrl };
  }

  /** One source by the hour, with the band that is usual for each. */
  @Get(':id/volume')
  @Roles(...readers)
  series(
    @Caller() caller: CallerIdentity,
    @Param('id') id: string,
    @Query() query: VolumeQuery,
  ): Promise<VolumeSeriesBody> {
    return this.volume.series(caller.tenant, id, query.hours);
  }
}

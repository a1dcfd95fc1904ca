import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, type CallerIdentity, Database, leaders, readers, Roles } from '@tenure/platform';

import { FeatureReadModel } from './feature.read-model';
import { FeaturesDto } from './feature.dto';
import { SetFeaturesHandler } from './set-features.handler';

@ApiTags('health')
@Controller('api/v1/features')
export class FeatureController {
  constructor(
    private readonly database: Database,
    private readonly features: FeatureReadModel,
    private readonly set: SetFeaturesHandler,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: FeaturesDto })
  async list(@Caller() { tenant }: CallerIdentity): Promise<FeaturesDto> {
    return { items: await this.database.read([tenant], (tx) => this.features.list(tx, tenant)) };
  }

  /** Replaces the whole list; it counts for the past as well, because names are grouped when they are read. */
  @Put()
  @Roles(...leaders)
  @ApiOkResponse({ type: FeaturesDto })
  async replace(@Caller() { tenant }: CallerIdentity, @Body() body: FeaturesDto): Promise<FeaturesDto> {
    const items = body.items.map(({ signIn = false, value = false, ...each }) => ({ ...each, signIn, value }));
    await this.set.handle(tenant, items);
    return { items };
  }
}

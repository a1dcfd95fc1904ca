import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { SourceKeysBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, Clock, Database, Problem, readers, Roles } from '@tenure/platform';

import { SourceKeysReadModel } from './source-keys.read-model';
import { SourcesReadModel } from './sources.read-model';

/** The write keys of a source while they count: also the one before the last, until its overlap is over. */
@ApiTags('Sources')
@Controller('api/v1/sources/:id/keys')
export class SourceKeysController {
  constructor(
    private readonly database: Database,
    private readonly sources: SourcesReadModel,
    private readonly keys: SourceKeysReadModel,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Roles(...readers)
  list(@Caller() { tenant }: CallerIdentity, @Param('id') id: string): Promise<SourceKeysBody> {
    return this.database.read([tenant], async (tx) => {
      const source = await this.sources.byId(tx, tenant, id);
      if (!source) throw new Problem('not-found', `There is no source ${id}.`);
      return { items: await this.keys.of(tx, tenant, id, this.clock.now()) };
    });
  }
}

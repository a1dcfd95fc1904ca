import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CatalogueBody, CataloguePropertiesBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, decodeCursor, leaders, pageOf, readers, Roles } from '@tenure/platform';

import { CatalogueNameQuery, CatalogueQuery, HideNamesDto } from './catalogue.dto';
import type { NamesPage } from './catalogue.read-model';
import { ReadCatalogueHandler } from './read-catalogue.handler';

const hiddenWords = { no: false, only: true, also: undefined } as const;

/** The names that usage comes with, with their volume and the types of their properties. */
@ApiTags('Event catalogue')
@Controller('api/v1/catalogue')
export class CatalogueController {
  constructor(private readonly catalogue: ReadCatalogueHandler) {}

  /** The busiest of the last 28 days first. */
  @Get()
  @Roles(...readers)
  async names(@Caller() caller: CallerIdentity, @Query() query: CatalogueQuery): Promise<CatalogueBody> {
    const page = {
      search: query.search,
      hidden: hiddenWords[query.hidden],
      after: afterOf(query.cursor),
      limit: query.limit + 1,
    };
    const { items, ...counts } = await this.catalogue.names(caller.tenant, page);
    const paged = pageOf(items, query.limit, (last) => [last.recent, last.event.name]);
    return { items: paged.items.map(({ event }) => event), nextCursor: paged.nextCursor, ...counts };
  }

  /** The properties of one name: their types, when each was seen, and which changed theirs. */
  @Get('properties')
  @Roles(...readers)
  properties(@Caller() caller: CallerIdentity, @Query() query: CatalogueNameQuery): Promise<CataloguePropertiesBody> {
    return this.catalogue.properties(caller.tenant, query.name);
  }

  /** Noise is hidden from the list; it is counted on, and comes back as it was. */
  @Post('hide')
  @HttpCode(200)
  @Roles(...leaders)
  async hide(@Caller() caller: CallerIdentity, @Body() body: HideNamesDto): Promise<{ changed: number }> {
    return { changed: await this.catalogue.hide(caller.tenant, body.names, body.hidden) };
  }
}

function afterOf(cursor: string | undefined): NamesPage['after'] {
  const values = decodeCursor(cursor, 2);
  return values && { recent: Number(values[0]) || 0, name: String(values[1]) };
}

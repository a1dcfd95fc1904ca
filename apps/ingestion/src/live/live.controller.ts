import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { LiveBody, WatchBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, Roles, writers } from '@tenure/platform';

import { LiveQuery, WatchDto } from './live.dto';
import type { WatchFilter } from './watch-list.domain';
import { WatchSourceHandler } from './watch-source.handler';

/** The last events of a source, as they came and as they were mapped: kept while somebody watches. */
@ApiTags('Sources')
@Controller('api/v1/sources/:id')
export class LiveController {
  constructor(private readonly watcher: WatchSourceHandler) {}

  /** Watches for a minute; ask again to go on. */
  @Post('watch')
  @HttpCode(200)
  @Roles(...writers)
  async watch(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() body: WatchDto): Promise<WatchBody> {
    const until = await this.watcher.watch(caller.tenant, id, caller.subject, filterOf(body));
    return { until: until.toISOString() };
  }

  /** What came since somebody watches, newest first, at most a few hundred. */
  @Get('live')
  @Roles(...writers)
  live(@Caller() caller: CallerIdentity, @Param('id') id: string, @Query() query: LiveQuery): Promise<LiveBody> {
    return this.watcher.newest(caller.tenant, id, filterOf(query), query.limit);
  }
}

const filterOf = ({ type, account, user }: WatchDto): WatchFilter => ({
  type: type ?? null,
  account: account ?? null,
  user: user ?? null,
});

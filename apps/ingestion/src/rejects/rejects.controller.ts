import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { RejectsBody, ReplayBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, decodeCursor, leaders, pageOf, Problem, readers, Roles } from '@tenure/platform';

import { ListRejectsHandler } from './list-rejects.handler';
import { RejectsQuery, ReplayDto } from './rejects.dto';
import type { RejectsPage } from './rejects.read-model';
import { ReplayRejectsHandler } from './replay-rejects.handler';

/** What a source sent and ingestion refused, newest first, with the count of each reason. */
@ApiTags('Sources')
@Controller('api/v1/sources/:id/rejects')
export class RejectsController {
  constructor(
    private readonly lister: ListRejectsHandler,
    private readonly replayer: ReplayRejectsHandler,
  ) {}

  @Get()
  @Roles(...readers)
  async list(
    @Caller() caller: CallerIdentity,
    @Param('id') sourceId: string,
    @Query() query: RejectsQuery,
  ): Promise<RejectsBody & { nextCursor: string | null }> {
    const { code, pointer } = query;
    const page: RejectsPage = { code, pointer, after: afterOf(query.cursor), limit: query.limit + 1 };
    const { items, groups } = await this.lister.list(caller.tenant, sourceId, page);
    const paged = pageOf(items, query.limit, (last) => [last.receivedAt, last.id]);
    return { items: [...paged.items], groups, nextCursor: paged.nextCursor };
  }

  /**
   * Takes refused items the way they came in once more, with today's mapping and settings, a portion at a time. What is
   * accepted or held keeps the identity and the times it came with, so nothing counts twice, however often this is asked.
   */
  @Post('replay')
  @HttpCode(200)
  @Roles(...leaders)
  replay(
    @Caller() caller: CallerIdentity,
    @Param('id') sourceId: string,
    @Body() body: ReplayDto,
  ): Promise<ReplayBody> {
    const { code, pointer, ids, since } = body;
    const wanted = { code, pointer, ids, since: since === undefined ? undefined : new Date(since) };
    return this.replayer.replay(caller.tenant, sourceId, wanted);
  }
}

function afterOf(cursor: string | undefined): RejectsPage['after'] {
  const values = decodeCursor(cursor, 2);
  if (!values) return undefined;
  const receivedAt = new Date(String(values[0]));
  if (Number.isNaN(receivedAt.getTime()))
    throw new Problem('invalid', 'The cursor is not one of this list.', { pointer: '/cursor' });
  return { receivedAt, id: String(values[1]) };
}

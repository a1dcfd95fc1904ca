import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { RejectsBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, decodeCursor, pageOf, Problem, readers, Roles } from '@tenure/platform';

import { ListRejectsHandler } from './list-rejects.handler';
import { RejectsQuery } from './rejects.dto';
import type { RejectsPage } from './rejects.read-model';

/** What a source sent and ingestion refused, newest first, with the count of each reason. */
@ApiTags('Sources')
@Controller('api/v1/sources/:id/rejects')
export class RejectsController {
  constructor(private readonly lister: ListRejectsHandler) {}

  @Get()
  @Roles(...readers)
  async list(
    @Caller() caller: CallerIdentity,
    @Param('id') sourceId: string,
    @Query() query: RejectsQuery,
  ): Promise<RejectsBody & { nextCursor: string | null }> {
    const page: RejectsPage = { code: query.code, after: afterOf(query.cursor), limit: query.limit + 1 };
    const { items, groups } = await this.lister.list(caller.tenant, sourceId, page);
    const paged = pageOf(items, query.limit, (last) => [last.receivedAt, last.id]);
    return { items: [...paged.items], groups, nextCursor: paged.nextCursor };
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

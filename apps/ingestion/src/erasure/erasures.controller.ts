import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  admins,
  Caller,
  type CallerIdentity,
  decodeCursor,
  PageQuery,
  pageOf,
  Problem,
  Roles,
  UnkeptAnswer,
} from '@tenure/platform';

import type { Erasure, ErasuresPage } from './erasures.read-model';
import { RequestErasureDto } from './erasures.dto';
import { RequestErasureHandler } from './request-erasure.handler';

/** Removing a person or an account from everywhere, and the record of it. */
@ApiTags('Erasures')
@Controller('api/v1/erasures')
export class ErasuresController {
  constructor(private readonly erasures: RequestErasureHandler) {}

  /** Removes at once; `GET /erasures/{id}` says what each service has done. It cannot be undone. */
  @Post()
  @HttpCode(202)
  @Roles(...admins)
  @UnkeptAnswer()
  request(@Caller() caller: CallerIdentity, @Body() body: RequestErasureDto): Promise<Erasure> {
    const reason = body.reason ?? null;
    if (body.kind === 'account') return this.erasures.account(caller, body.accountId ?? '', reason);
    const { userIds = [], stakeholderIds = [], emails = [], names = [], otherIds = [] } = body;
    return this.erasures.person(caller, { userIds, stakeholderIds, emails, names, otherIds }, reason);
  }

  @Get()
  @Roles(...admins)
  async list(@Caller() caller: CallerIdentity, @Query() query: PageQuery) {
    const page: ErasuresPage = { after: afterOf(query.cursor), limit: query.limit + 1 };
    return pageOf(await this.erasures.list(caller.tenant, page), query.limit, (last) => [last.requestedAt, last.id]);
  }

  @Get(':id')
  @Roles(...admins)
  get(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<Erasure> {
    return this.erasures.get(caller.tenant, id);
  }
}

function afterOf(cursor: string | undefined): ErasuresPage['after'] {
  const values = decodeCursor(cursor, 2);
  if (!values) return undefined;
  const requestedAt = new Date(String(values[0]));
  if (Number.isNaN(requestedAt.getTime()))
    throw new Problem('invalid', 'The cursor is not one of this list.', { pointer: '/cursor' });
  return { requestedAt, id: String(values[1]) };
}

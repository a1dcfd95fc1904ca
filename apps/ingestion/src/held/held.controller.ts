import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { HeldBody } from '@tenure/contracts';
import {
  Caller,
  type CallerIdentity,
  PageQuery,
  pageOf,
  Problem,
  decodeCursor,
  readers,
  Roles,
  writers,
} from '@tenure/platform';

import { type Reference, referenceKey } from '../intake/reference.domain';
import { MatchHeldDto } from './held.dto';
import { ListHeldHandler } from './list-held.handler';
import { MatchHeldHandler } from './match-held.handler';
import { readReference } from './reference-of-held.domain';

/** Events that wait for their account. */
@ApiTags('Held events')
@Controller('api/v1/held')
export class HeldController {
  constructor(
    private readonly lister: ListHeldHandler,
    private readonly matcher: MatchHeldHandler,
  ) {}

  @Get()
  @Roles(...readers)
  async list(
    @Caller() caller: CallerIdentity,
    @Query() page: PageQuery,
  ): Promise<HeldBody & { nextCursor: string | null }> {
    const after = String(decodeCursor(page.cursor, 1)?.[0] ?? '');
    const groups = await this.lister.list(caller.tenant, after, page.limit + 1);
    const { items, nextCursor } = pageOf(groups, page.limit, (last) => [last.id]);
    return { items: [...items], nextCursor };
  }

  /** Says which account a reference means; what waited for it is applied with its own time and id. */
  @Post('match')
  @HttpCode(200)
  @Roles(...writers)
  async match(@Caller() caller: CallerIdentity, @Body() body: MatchHeldDto): Promise<{ applied: number }> {
    return { applied: await this.matcher.match(caller.tenant, referenceKey(referenceIn(body)), body.accountId) };
  }
}

function referenceIn(body: MatchHeldDto): Reference {
  try {
    return readReference(body.reference);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new Problem('invalid', cause.message, { pointer: '/reference' });
  }
}

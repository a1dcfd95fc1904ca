import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Caller, type CallerIdentity, readers, Roles } from '@tenure/platform';
import type { FastifyReply } from 'fastify';
import { StreamChangesHandler } from './stream-changes.handler';

@ApiTags('live')
@Controller('api/v1/live')
export class LiveController {
  constructor(private readonly changes: StreamChangesHandler) {}

  /** Server-sent events: `change` with `{"accountId", "what": ["score", "alerts", "profile", "timeline"]}`. */
  @Get()
  @Roles(...readers)
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  async live(@Caller() { tenant }: CallerIdentity, @Res() reply: FastifyReply): Promise<void> {
    await reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('x-accel-buffering', 'no')
      .send(this.changes.open(tenant));
  }
}

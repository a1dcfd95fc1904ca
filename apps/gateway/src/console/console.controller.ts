import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public, Unlimited } from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ServePageHandler } from './serve-page.handler';

/** The console's files. Not counted against limits: a page is some dozen files, and none of them costs a query. */
@ApiExcludeController()
@Controller()
@Public()
@Unlimited()
export class ConsoleController {
  constructor(private readonly pages: ServePageHandler) {}

  @Get(['/', '*'])
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.handle(request, reply);
  }
}

import { All, Controller, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Caller, readers, Roles, UnkeptAnswer, type CallerIdentity } from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForwardRequestHandler } from './forward-request.handler';

/** Everything under /api/v1 that is not the gateway's own. Who may do what there is the service's to say. */
@ApiExcludeController()
@Controller('api/v1')
export class ForwardController {
  constructor(private readonly forward: ForwardRequestHandler) {}

  @All('*')
  @UnkeptAnswer()
  @Roles(...readers)
  all(@Caller() caller: CallerIdentity, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.forward.handle(caller, request, reply);
  }
}

import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireOwnOrigin } from '../access/gateway.guard';
import { GatewayConfig } from '../gateway.config';
import { EndSessionHandler } from './end-session.handler';
import { RedeemLinkHandler } from './redeem-link.handler';
import { RedeemLinkDto, SignInDto } from './session.dto';
import { SignInHandler } from './sign-in.handler';
import { StartSessionHandler } from './start-session.handler';

@ApiTags('session')
@Controller('api/v1/session')
@Public()
export class SessionController {
  constructor(
    private readonly signIn: SignInHandler,
    private readonly redeemLink: RedeemLinkHandler,
    private readonly endSession: EndSessionHandler,
    private readonly starter: StartSessionHandler,
    private readonly config: GatewayConfig,
  ) {}

  @Post()
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Signed in: the cookie tenure_session is set.' })
  async create(
    @Body() body: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    requireOwnOrigin(request, this.config);
    const cookie = await this.signIn.handle({ email: body.email, password: body.password, address: request.ip });
    reply.header('set-cookie', cookie);
  }

  @Post('link')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Signed in by a one-time link.' })
  async redeem(
    @Body() body: RedeemLinkDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    requireOwnOrigin(request, this.config);
    reply.header('set-cookie', await this.redeemLink.handle(body.token, body.password));
  }

  @Delete()
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Signed out.' })
  async remove(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    requireOwnOrigin(request, this.config);
    await this.endSession.handle(request.headers.cookie);
    reply.header('set-cookie', this.starter.cookie());
  }
}

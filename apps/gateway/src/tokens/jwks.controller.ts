import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@tenure/platform';
import { GatewayConfig } from '../gateway.config';

/** The public keys of service tokens, for who wants to verify one outside: the current one, and the next or the last. */
@ApiExcludeController()
@Controller('.well-known/jwks.json')
@Public()
export class JwksController {
  constructor(private readonly config: GatewayConfig) {}

  @Get()
  @Header('cache-control', 'public, max-age=300')
  keys(): object {
    return { keys: this.config.tokenPublicKeys.map((key) => ({ ...key, use: 'sig', alg: 'EdDSA' })) };
  }
}

import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { admins, Caller, Roles, UnkeptAnswer, type CallerIdentity } from '@tenure/platform';
import { RotateSecretDto, SecretDto } from './destination.dto';
import { RotateSecretHandler } from './rotate-secret.handler';

/** The secret that signs a webhook: admins only. */
@ApiTags('Destinations')
@Controller('api/v1/destinations/:id')
export class SecretsController {
  constructor(private readonly secrets: RotateSecretHandler) {}

  @Get('secret')
  @Roles(...admins)
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: SecretDto })
  show(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<SecretDto> {
    return this.secrets.show(caller.tenant, id);
  }

  /** For a day every webhook carries two signatures, of the new secret and of the one before. */
  @Post('rotate-secret')
  @HttpCode(200)
  @Roles(...admins)
  @UnkeptAnswer()
  @ApiOkResponse({ type: SecretDto })
  rotate(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() body: RotateSecretDto): Promise<SecretDto> {
    return this.secrets.rotate(caller.tenant, id, body.secret);
  }
}

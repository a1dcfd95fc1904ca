import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { WebhookBody } from '@tenure/contracts';
import { admins, Caller, type CallerIdentity, readers, Roles } from '@tenure/platform';

import { AddSecretDto } from './source-webhook.dto';
import { WebhookSecretsHandler } from './webhook-secrets.handler';

/** The address and the secrets of a source of kind webhook. No answer holds a secret, but the one to making it. */
@ApiTags('Sources')
@Controller('api/v1/sources/:id')
export class SourceWebhookController {
  constructor(private readonly secrets: WebhookSecretsHandler) {}

  @Get('webhook')
  @Roles(...readers)
  webhook(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<WebhookBody> {
    return this.secrets.describe(caller.tenant, id);
  }

  /** The vendor's secret, or without one a new one of ours. Earlier ones count for a day (KEY_OVERLAP_HOURS). */
  @Post('secrets')
  @Roles(...admins)
  add(
    @Caller() caller: CallerIdentity,
    @Param('id') id: string,
    @Body() body: AddSecretDto,
  ): Promise<{ key: string; webhook: WebhookBody }> {
    return this.secrets.add(caller.tenant, id, body.secret);
  }

  /** The secret counts no more, at once. */
  @Delete('secrets/:secretId')
  @HttpCode(200)
  @Roles(...admins)
  remove(
    @Caller() caller: CallerIdentity,
    @Param('id') id: string,
    @Param('secretId') secretId: string,
  ): Promise<WebhookBody> {
    return this.secrets.remove(caller.tenant, id, secretId);
  }
}

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { admins, Caller, type CallerIdentity, operators, Problem, readers, Roles } from '@tenure/platform';

import { type WebhookAnswer, WebhookSecretsHandler } from '../webhooks/webhook-secrets.handler';
import { type KeyedAnswer, ManageSourcesHandler } from './manage-sources.handler';
import { CreateSourceDto } from './sources.dto';
import type { Source } from './sources.read-model';

/** A tenant's sources and their write keys. */
@ApiTags('Sources')
@Controller('api/v1/sources')
export class SourcesController {
  constructor(
    private readonly sources: ManageSourcesHandler,
    private readonly webhooks: WebhookSecretsHandler,
  ) {}

  @Get()
  @Roles(...readers)
  async list(@Caller() caller: CallerIdentity): Promise<{ items: Source[]; nextCursor: null }> {
    return { items: await this.sources.list(caller.tenant), nextCursor: null };
  }

  /** The key is in the answer, and nowhere else ever again. */
  @Post()
  @Roles(...admins, ...operators)
  create(@Caller() caller: CallerIdentity, @Body() body: CreateSourceDto): Promise<KeyedAnswer | WebhookAnswer> {
    const { kind, mode, vendor, secret } = body;
    const wanted = { name: body.name.trim(), kind, mode };
    if (kind === 'webhook') {
      return this.webhooks.create(caller.tenant, { ...wanted, vendor: vendor ?? 'standard', secret });
    }
    if (vendor !== undefined || secret !== undefined) {
      throw new Problem('invalid', 'Only a webhook has a vendor and a secret.', { pointer: '/vendor' });
    }
    return this.sources.create(caller.tenant, wanted);
  }

  /** A new key; the old one works on for a day (KEY_OVERLAP_HOURS). */
  @Post(':id/rotate')
  @HttpCode(200)
  @Roles(...admins)
  rotate(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<KeyedAnswer> {
    return this.sources.rotate(caller.tenant, id);
  }

  /** Every key of the source stops within five seconds. */
  @Post(':id/revoke')
  @HttpCode(200)
  @Roles(...admins)
  async revoke(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<{ source: Source }> {
    return { source: await this.sources.revoke(caller.tenant, id) };
  }

  /** The import is complete: its accounts are evaluated once, and the source takes nothing more. */
  @Post(':id/close-import')
  @HttpCode(200)
  @Roles(...admins)
  async closeImport(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<{ source: Source }> {
    return { source: await this.sources.closeImport(caller.tenant, id) };
  }
}

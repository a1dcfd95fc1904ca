import { Controller, Head, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Public, Unlimited } from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { IngestionConfig } from '../ingestion.config';
import { AdmitRequestGuard } from '../limits/admit-request.guard';
import { ReceiveWebhookHandler, type WebhookReceipt } from './receive-webhook.handler';
import type { SignedRequest } from './signature.guard';

/** Webhooks of other vendors: one address for each source, opened by the vendor's own signature. */
@ApiTags('Events in')
@Public()
@Unlimited()
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly door: AdmitRequestGuard,
    private readonly webhooks: ReceiveWebhookHandler,
    private readonly config: IngestionConfig,
  ) {}

  /**
   * 202 with a receipt for everything that is signed; what cannot be mapped is kept with its reason. The same delivery
   * again is answered 202 with `repeated` and has no effect. 401: not believed. 410: revoked. 429: more than the source
   * may send; vendors come again.
   */
  @Post(':source/:sourceId')
  @HttpCode(202)
  @ApiBody({ schema: { oneOf: [{ type: 'object' }, { type: 'array', items: { type: 'object' } }] } })
  async receive(
    @Param('source') vendor: string,
    @Param('sourceId') sourceId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookReceipt> {
    const believed = await this.webhooks.believe(vendor, sourceId, signedRequest(request, this.config.publicUrl));
    const keyed = { ...believed.source, kind: 'webhook' } as const;
    const { arrival, charge } = await this.door.admitSource('webhook', keyed, request, reply);
    charge(Math.max(1, believed.items.length));
    return this.webhooks.take(believed, arrival);
  }

  /** Some vendors (SurveyMonkey, Intercom) ask whether somebody is there before they save the address. */
  @Head(':source/:sourceId')
  @HttpCode(200)
  async probe(@Param('source') vendor: string, @Param('sourceId') sourceId: string): Promise<void> {
    await this.webhooks.open(vendor, sourceId);
  }
}

/** The public address is a setting: behind a proxy the request's own host says nothing about what the vendor signed. */
function signedRequest(request: FastifyRequest, publicUrl: string): SignedRequest {
  const body: unknown = request.body;
  return {
    method: request.method,
    url: publicUrl.replace(/\/+$/, '') + request.url,
    headers: request.headers,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}

import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { ReceiptBody } from '@tenure/contracts';
import { Problem, Public, Unlimited } from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { IngestionConfig } from '../ingestion.config';
import { AcceptItemsHandler } from '../intake/accept-items.handler';
import { isRefusal } from '../intake/candidate.domain';
import { type Document, parseDocument } from '../intake/document.domain';
import { type Admission, AdmitRequestGuard } from '../limits/admit-request.guard';
import { presentedKey } from '../sources/write-key.domain';
import { eventFromHeaders, eventItem, modeOf } from './read-events.domain';

/** CloudEvents 1.0 over HTTP: binary, structured and batched, at one address. */
@ApiTags('Events in')
@Public()
@Unlimited()
@Controller('v1/events')
export class CloudEventsController {
  constructor(
    private readonly door: AdmitRequestGuard,
    private readonly intake: AcceptItemsHandler,
    private readonly config: IngestionConfig,
  ) {}

  /** A batch is answered with its receipt whatever is wrong inside; a single bad event with 400 and a pointer. */
  @Post()
  @HttpCode(202)
  @ApiConsumes('application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json')
  @ApiBody({ schema: { oneOf: [{ type: 'object' }, { type: 'array', items: { type: 'object' } }] } })
  async receive(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReceiptBody> {
    const key = presentedKey(request.headers.authorization, undefined);
    const admission = await this.door.admit('cloudevents', key, request, reply);
    const document = parseDocument(request.body);
    if (!document) throw new Problem('invalid', 'The body is not valid JSON.');
    if (document.bytes > this.config.batchLimitBytes) {
      throw new Problem('too-large', `A request may have ${this.config.batchLimitBytes} bytes.`);
    }
    const mode = modeOf(request.headers);
    if (mode === 'batched') return this.batch(document, admission);
    if (mode === 'unknown') {
      throw new Problem(
        'unsupported',
        'Send application/cloudevents+json, application/cloudevents-batch+json or ce- headers.',
      );
    }
    if (mode === 'structured') return this.single(document.value, document, admission);
    // Header values are percent-encoded: what they hold does not show in the body.
    return this.single(eventFromHeaders(request.headers, document.value), { ...document, suspicious: true }, admission);
  }

  private batch(document: Document, { arrival, charge }: Admission): Promise<ReceiptBody> {
    if (!Array.isArray(document.value)) throw new Problem('invalid', 'A batch is a JSON array of events.');
    if (document.value.length > this.config.batchLimitItems) {
      throw new Problem('too-large', `A batch may have ${this.config.batchLimitItems} events.`);
    }
    charge(document.value.length);
    const limit = this.config.eventLimitBytes;
    return this.intake.accept(
      arrival,
      document.value.map((event) => eventItem(event, document, arrival, limit)),
    );
  }

  private async single(event: unknown, document: Document, { arrival, charge }: Admission): Promise<ReceiptBody> {
    charge(1);
    const item = eventItem(event, document, arrival, this.config.eventLimitBytes);
    const receipt = await this.intake.accept(arrival, [item]);
    if (!isRefusal(item.outcome)) return receipt;
    throw new Problem('invalid', item.outcome.detail, { pointer: item.outcome.pointer, errors: [item.outcome] });
  }
}

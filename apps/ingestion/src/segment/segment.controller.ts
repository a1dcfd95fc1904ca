import { randomUUID } from 'node:crypto';

import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Problem, Public, Unlimited } from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { IngestionConfig } from '../ingestion.config';
import { AcceptItemsHandler } from '../intake/accept-items.handler';
import { isRefusal } from '../intake/candidate.domain';
import { type Document, parseDocument } from '../intake/document.domain';
import { type Admission, AdmitRequestGuard } from '../limits/admit-request.guard';
import { presentedKey } from '../sources/write-key.domain';
import { type Fields, isCallKind, isFields, sharedOf } from './call.domain';
import { batchItems, callItem } from './read-calls.domain';

/** What SDKs for Segment's API expect to read. */
interface SegmentAnswer {
  readonly success: true;
}

/** Segment's HTTP tracking API: published SDKs need only another host. */
@ApiTags('Events in')
@Public()
@Unlimited()
@Controller('v1')
export class SegmentController {
  constructor(
    private readonly door: AdmitRequestGuard,
    private readonly intake: AcceptItemsHandler,
    private readonly config: IngestionConfig,
  ) {}

  /** Up to 500 KB of calls. What is wrong with one of them is kept with its reason and does not fail the others. */
  @Post('batch')
  @HttpCode(200)
  async batch(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SegmentAnswer> {
    const { document, call, arrival, charge } = await this.open(request, reply);
    if (document.bytes > this.config.batchLimitBytes) {
      throw new Problem('invalid', `A batch may have ${this.config.batchLimitBytes} bytes.`);
    }
    if (!Array.isArray(call['batch']))
      throw new Problem('invalid', 'batch must be a list of calls.', { pointer: '/batch' });
    if (call['batch'].length > this.config.batchLimitItems) {
      throw new Problem('invalid', `A batch may have ${this.config.batchLimitItems} calls.`, { pointer: '/batch' });
    }
    charge(call['batch'].length);
    const items = batchItems(call, document, arrival, randomUUID, this.config.eventLimitBytes);
    await this.intake.accept({ ...arrival, ...sharedOf(call) }, items);
    return { success: true };
  }

  /** One call: track, identify, group, page, screen or alias. */
  @Post(':call')
  @HttpCode(200)
  async single(
    @Param('call') kind: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SegmentAnswer> {
    if (!isCallKind(kind)) throw new Problem('not-found', 'There is no such call.');
    const { document, call, arrival, charge } = await this.open(request, reply);
    charge(1);
    const item = callItem(kind, call, document, arrival, randomUUID, this.config.eventLimitBytes);
    await this.intake.accept(arrival, [item]);
    if (isRefusal(item.outcome)) {
      throw new Problem('invalid', item.outcome.detail, { pointer: item.outcome.pointer, errors: [item.outcome] });
    }
    return { success: true };
  }

  /** Whoever names its key in a header is sent away, where it has to be, before its body is read. */
  private async open(request: FastifyRequest, reply: FastifyReply): Promise<Opened> {
    const inHeader = presentedKey(request.headers.authorization, undefined);
    const early = inHeader === undefined ? undefined : await this.door.admit('segment', inHeader, request, reply);
    const document = parseDocument(request.body);
    const admission =
      early ?? (await this.door.admit('segment', presentedKey(undefined, document?.value), request, reply));
    if (!document) throw new Problem('invalid', 'The body is not valid JSON.');
    if (!isFields(document.value)) throw new Problem('invalid', 'The body must be a JSON object.');
    return { ...admission, document, call: document.value };
  }
}

interface Opened extends Admission {
  readonly document: Document;
  readonly call: Fields;
}

import { randomUUID } from 'node:crypto';

import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock, Problem, Public, Unlimited } from '@tenure/platform';
import type { FastifyRequest } from 'fastify';

import { IngestionConfig } from '../ingestion.config';
import { AcceptItemsHandler } from '../intake/accept-items.handler';
import { type Arrival, isRefusal } from '../intake/candidate.domain';
import { type Document, parseDocument } from '../intake/document.domain';
import { AuthenticateSourceHandler } from '../sources/authenticate-source.handler';
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
    private readonly sources: AuthenticateSourceHandler,
    private readonly intake: AcceptItemsHandler,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
  ) {}

  /** Up to 500 KB of calls. What is wrong with one of them is kept with its reason and does not fail the others. */
  @Post('batch')
  @HttpCode(200)
  async batch(@Req() request: FastifyRequest): Promise<SegmentAnswer> {
    const { document, call, arrival } = await this.open(request);
    if (document.bytes > this.config.batchLimitBytes) {
      throw new Problem('invalid', `A batch may have ${this.config.batchLimitBytes} bytes.`);
    }
    if (!Array.isArray(call['batch']))
      throw new Problem('invalid', 'batch must be a list of calls.', { pointer: '/batch' });
    if (call['batch'].length > this.config.batchLimitItems) {
      throw new Problem('invalid', `A batch may have ${this.config.batchLimitItems} calls.`, { pointer: '/batch' });
    }
    const items = batchItems(call, document, arrival, randomUUID, this.config.eventLimitBytes);
    await this.intake.accept({ ...arrival, ...sharedOf(call) }, items);
    return { success: true };
  }

  /** One call: track, identify, group, page, screen or alias. */
  @Post(':call')
  @HttpCode(200)
  async single(@Param('call') kind: string, @Req() request: FastifyRequest): Promise<SegmentAnswer> {
    if (!isCallKind(kind)) throw new Problem('not-found', 'There is no such call.');
    const { document, call, arrival } = await this.open(request);
    const item = callItem(kind, call, document, arrival, randomUUID, this.config.eventLimitBytes);
    await this.intake.accept(arrival, [item]);
    if (isRefusal(item.outcome)) {
      throw new Problem('invalid', item.outcome.detail, { pointer: item.outcome.pointer, errors: [item.outcome] });
    }
    return { success: true };
  }

  private async open(request: FastifyRequest): Promise<{ document: Document; call: Fields; arrival: Arrival }> {
    const document = parseDocument(request.body);
    const key = presentedKey(request.headers.authorization, document?.value);
    const source = await this.sources.authenticate(key);
    if (!document) throw new Problem('invalid', 'The body is not valid JSON.');
    if (!isFields(document.value)) throw new Problem('invalid', 'The body must be a JSON object.');
    const { tenantId, sourceId, mode } = source;
    const receivedMs = this.clock.now().getTime();
    return {
      document,
      call: document.value,
      arrival: { tenantId, sourceId, importing: mode === 'import', receivedMs, way: 'segment' },
    };
  }
}

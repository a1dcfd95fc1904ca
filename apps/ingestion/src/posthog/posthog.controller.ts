import { randomUUID } from 'node:crypto';

import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Problem, Public, Unlimited } from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { IngestionConfig } from '../ingestion.config';
import { AcceptItemsHandler } from '../intake/accept-items.handler';
import { isRefusal } from '../intake/candidate.domain';
import { parseDocument } from '../intake/document.domain';
import { AdmitRequestGuard } from '../limits/admit-request.guard';
import { captureItem, readCaptures } from './read-captures.domain';

/** What PostHog's SDKs expect to read. */
interface CaptureAnswer {
  readonly status: 'Ok';
}

/** PostHog's capture API: published SDKs need only another host, and a write key as their project's key. */
@ApiTags('Events in')
@Public()
@Unlimited()
@Controller()
export class PosthogController {
  constructor(
    private readonly door: AdmitRequestGuard,
    private readonly intake: AcceptItemsHandler,
    private readonly config: IngestionConfig,
  ) {}

  /** One event, or up to 500 KB of them. What is wrong in a batch is kept with its reason and does not fail the others. */
  @Post(['i/v0/e', 'batch', 'capture', 'e'])
  @HttpCode(200)
  @ApiBody({ schema: { type: 'object', description: 'An event, {api_key, batch: [...]}, or a list of events' } })
  async capture(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaptureAnswer> {
    const document = parseDocument(request.body);
    const captures = readCaptures(document?.value);
    const { arrival, charge } = await this.door.admit('posthog', captures?.key, request, reply);
    if (!document || !captures) throw new Problem('invalid', 'The body is an event, {"batch": [...]} or a list.');
    this.checkSize(document.bytes, captures.items.length);
    charge(captures.items.length);
    const own = captures.shared === undefined ? arrival : { ...arrival, shared: captures.shared };
    const limit = this.config.eventLimitBytes;
    const items = captures.items.map((each) => captureItem(each, document, own, randomUUID, limit));
    await this.intake.accept(own, items);
    const outcome = items[0]?.outcome;
    if (captures.isSingle && outcome && isRefusal(outcome)) {
      throw new Problem('invalid', outcome.detail, { pointer: outcome.pointer, errors: [outcome] });
    }
    return { status: 'Ok' };
  }

  /** There are no feature flags here; SDKs that ask are told so in the way they understand. */
  @Post(['flags', 'decide'])
  @HttpCode(200)
  flags(): object {
    return {
      flags: {},
      featureFlags: {},
      featureFlagPayloads: {},
      errorsWhileComputingFlags: false,
      quotaLimited: [],
      requestId: randomUUID(),
    };
  }

  @Get('api/feature_flag/local_evaluation')
  localEvaluation(): object {
    return { flags: [], group_type_mapping: {}, cohorts: {} };
  }

  /** 413 makes an SDK send half as much at once. */
  private checkSize(bytes: number, items: number): void {
    if (bytes > this.config.batchLimitBytes) {
      throw new Problem('too-large', `A request may have ${this.config.batchLimitBytes} bytes.`);
    }
    if (items > this.config.batchLimitItems) {
      throw new Problem('too-large', `A batch may have ${this.config.batchLimitItems} events.`);
    }
  }
}

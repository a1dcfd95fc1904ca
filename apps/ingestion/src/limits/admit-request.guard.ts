import { Injectable } from '@nestjs/common';
import { Clock } from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Arrival, Way } from '../intake/candidate.domain';
import { AuthenticateSourceHandler } from '../sources/authenticate-source.handler';
import type { KeyedSource } from '../sources/write-key.domain';
import { IntakeCounts } from './intake-counts.handler';
import { LimitedProblem, LimitIntakeHandler } from './limit-intake.handler';
import type { SourceSettings } from './source-settings.domain';
import { SourceSettingsHandler } from './source-settings.handler';
import type { BucketState } from './token-bucket.domain';

/** A request that may come in. Whoever lets it in tells how many events it had, once that is known. */
export interface Admission {
  readonly arrival: Arrival;
  readonly charge: (events: number) => void;
}

/** The door of every way in: whose is it, may it come in now, and what is set for it. */
@Injectable()
export class AdmitRequestGuard {
  constructor(
    private readonly sources: AuthenticateSourceHandler,
    private readonly settings: SourceSettingsHandler,
    private readonly limits: LimitIntakeHandler,
    private readonly counts: IntakeCounts,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets the `RateLimit-*` headers where there is a limit.
   * @throws Problem `unauthenticated`, `forbidden`, or `limited` with the seconds to wait
   */
  async admit(way: Way, key: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<Admission> {
    return this.admitSource(way, await this.sources.authenticate(key), request, reply);
  }

  /** As `admit`, for a way in that has proved by itself whose the request is. @throws Problem `limited` */
  async admitSource(way: Way, source: KeyedSource, request: FastifyRequest, reply: FastifyReply): Promise<Admission> {
    const settings = await this.settings.ofRequest(source.tenantId, source.sourceId);
    this.pass(way, source, settings, reply);
    this.counts.bytes({ way, kind: source.kind }, Number(request.headers['content-length'] ?? 0));
    return {
      arrival: this.arrivalOf(way, source, settings),
      charge: (events) => this.limits.charge(source, settings, events),
    };
  }

  private pass(way: Way, source: KeyedSource, settings: SourceSettings, reply: FastifyReply): void {
    try {
      tell(reply, this.limits.admit(source, settings));
    } catch (error) {
      if (error instanceof LimitedProblem) {
        tell(reply, error.bucket);
        this.counts.refused({ way, kind: source.kind }, 'limited');
      }
      throw error;
    }
  }

  private arrivalOf(way: Way, source: KeyedSource, { accountProperty }: SourceSettings): Arrival {
    return {
      tenantId: source.tenantId,
      sourceId: source.sourceId,
      importing: source.mode === 'import',
      receivedMs: this.clock.now().getTime(),
      way,
      kind: source.kind,
      ...(accountProperty === null ? {} : { accountProperty }),
    };
  }
}

function tell(reply: FastifyReply, bucket: BucketState | undefined): void {
  if (!bucket) return;
  reply.header('ratelimit-limit', bucket.limit);
  reply.header('ratelimit-remaining', bucket.remaining);
  reply.header('ratelimit-reset', bucket.resetSeconds);
}

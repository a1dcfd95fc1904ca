import { Controller, Get, Header, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/roles';
import { metricsText } from '../telemetry/metrics';
import { MetricsGuard } from './metrics.guard';
import { OpenApi } from './open-api';
import { Unlimited } from './rate-limiter';
import { Readiness, type ReadinessReport } from './readiness';

/** What operators and probes ask of every service. The gateway passes none of it on, and shows its own metrics to few. */
@Public()
@Unlimited()
@ApiExcludeController()
@Controller()
export class OperationsController {
  constructor(
    private readonly readiness: Readiness,
    private readonly openApi: OpenApi,
  ) {}

  /** The process answers. Nothing else is asked: a restart heals no database. */
  @Get('health/live')
  live(): { ok: true } {
    return { ok: true };
  }

  @Get('health/startup')
  startup(@Res({ passthrough: true }) reply: FastifyReply): { ok: boolean } {
    reply.code(this.readiness.started ? 200 : 503);
    return { ok: this.readiness.started };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    reply.code(report.ok ? 200 : 503);
    return report;
  }

  @Get('metrics')
  @UseGuards(MetricsGuard)
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return metricsText();
  }

  @Get('openapi.json')
  document(): object {
    return this.openApi.document();
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, Database, meter } from '@tenure/platform';

import { ListTenantsHandler } from '../sources/list-tenants.handler';
import { judgeVolume, volumeStatuses } from './usual-volume.domain';
import { VolumeReadModel } from './volume.read-model';
import { VolumeRepository } from './volume.repository';

const dayMs = 86_400_000;
/** Four weeks to compare with, and the day before them. */
const keptDays = 36;

/** Finds the sources that fell silent or left their usual volume. */
@Injectable()
export class JudgeSourcesHandler {
  constructor(
    private readonly database: Database,
    private readonly volume: VolumeReadModel,
    private readonly repository: VolumeRepository,
    private readonly tenants: ListTenantsHandler,
    private readonly clock: Clock,
  ) {
    const gauge = meter().createObservableGauge('tenure.ingestion.sources', {
      description: 'Active live sources by how they stand: usual, silent, low, high, learning, no-data',
    });
    gauge.addCallback(async (result) => {
      const found = new Map((await this.statuses().catch(() => [])).map((each) => [each.status, each.sources]));
      for (const status of volumeStatuses) result.observe(found.get(status) ?? 0, { status });
    });
  }

  async judge(tenantId: string): Promise<void> {
    const now = this.clock.now();
    const from = new Date(now.getTime() - keptDays * dayMs);
    await this.database.write([tenantId], async (tx) => {
      await this.repository.forgetBefore(tx, tenantId, from);
      for (const { sourceId, hours, lastMs } of await this.volume.toJudge(tx, tenantId, from)) {
        await this.repository.judge(tx, tenantId, sourceId, judgeVolume(hours, lastMs, now.getTime()), now);
      }
    });
  }

  private async statuses(): Promise<Awaited<ReturnType<VolumeReadModel['statuses']>>> {
    return this.database.read(await this.tenants.list(), (tx) => this.volume.statuses(tx));
  }
}

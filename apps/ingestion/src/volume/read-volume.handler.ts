import { Injectable } from '@nestjs/common';
import type { SourceVolume, VolumeSeriesBody } from '@tenure/contracts';
import { Clock, Database, Problem } from '@tenure/platform';

import { bandOfHour } from './usual-volume.domain';
import { hourMs } from './volume-tally.domain';
import { VolumeReadModel } from './volume.read-model';

const dayMs = 86_400_000;
const shownDays = 28;

/** Reads how sources stand and what they sent. */
@Injectable()
export class ReadVolumeHandler {
  constructor(
    private readonly database: Database,
    private readonly volume: VolumeReadModel,
    private readonly clock: Clock,
  ) {}

  all(tenantId: string): Promise<SourceVolume[]> {
    const today = Math.floor(this.clock.now().getTime() / dayMs) * dayMs;
    const from = new Date(today - (shownDays - 1) * dayMs);
    return this.database.read([tenantId], (tx) => this.volume.standings(tx, tenantId, from));
  }

  /** @throws Problem `not-found` */
  series(tenantId: string, sourceId: string, hours: number): Promise<VolumeSeriesBody> {
    const thisHour = Math.floor(this.clock.now().getTime() / hourMs);
    const all = new Date((thisHour - 35 * 24) * hourMs);
    return this.database.read([tenantId], async (tx) => {
      const [source] = await this.volume.standings(tx, tenantId, all, sourceId);
      if (!source) throw new Problem('not-found', `There is no source ${sourceId}.`);
      const points = await this.volume.hours(tx, tenantId, sourceId, all);
      const events = new Map(points.map((each) => [Date.parse(each.at) / hourMs, each.accepted + each.held]));
      const byHour = new Map(points.map((each) => [each.at, each]));
      const items = Array.from({ length: hours }, (_, index) => {
        const hour = thisHour - hours + 1 + index;
        const at = new Date(hour * hourMs).toISOString();
        const band = bandOfHour(events, hour);
        const usual = band ? { low: Math.max(0, Math.round(band.low)), high: Math.round(band.high) } : null;
        return { ...(byHour.get(at) ?? { at, accepted: 0, held: 0, rejected: 0 }), usual };
      });
      return { source, items };
    });
  }
}

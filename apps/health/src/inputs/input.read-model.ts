import { Injectable } from '@nestjs/common';
import type { InputRow } from '@tenure/contracts';
import { Clock, Database } from '@tenure/platform';
import { inputStatus, type InputKind } from '@tenure/scoring';

import { InputFreshness } from '../evaluation/input-freshness.repository';

/** Reads which kinds of input a tenant has, and which of them are stale: what rests on those is frozen. */
@Injectable()
export class InputReadModel {
  constructor(
    private readonly database: Database,
    private readonly freshness: InputFreshness,
    private readonly clock: Clock,
  ) {}

  list(tenant: string): Promise<InputRow[]> {
    const now = this.clock.now().getTime();
    return this.database.read([tenant], async (tx) => {
      const inputs = await this.freshness.of(tx, tenant, now);
      const rows = await tx.query<{ kind: InputKind; last_at: Date }>(
        'select kind, last_at from inputs where tenant_id = $1 order by kind',
        [tenant],
      );
      return rows.map(({ kind, last_at }) => {
        const until = inputs[kind]?.freshUntil;
        const stale = until !== undefined && inputStatus(inputs, kind, now) === 'stale';
        return { kind, lastAt: last_at.toISOString(), staleSince: stale ? new Date(until).toISOString() : null };
      });
    });
  }
}

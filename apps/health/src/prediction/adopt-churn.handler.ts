import { Injectable } from '@nestjs/common';
import { type CallerIdentity, Clock, Database, Problem } from '@tenure/platform';

import { ChurnModelReadModel } from './churn-model.read-model';
import { ChurnModelRepository } from './churn-model.repository';

/** Puts a learned churn model in force, or goes back to the experts' prior. */
@Injectable()
export class AdoptChurnHandler {
  constructor(
    private readonly database: Database,
    private readonly models: ChurnModelReadModel,
    private readonly repository: ChurnModelRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws `not-found`, or `conflict` where the data showed no skill or were too few. */
  adopt(caller: CallerIdentity, version: string, note: string): Promise<{ publication: number; version: string }> {
    return this.database.write([caller.tenant], async (tx) => {
      const learned = await this.models.byVersion(tx, caller.tenant, version);
      if (!learned) throw new Problem('not-found', `There is no churn model ${version}.`);
      if (learned.model?.basis !== 'fitted') throw new Problem('conflict', learned.card.verdict);
      const deed = { by: caller.name, at: this.clock.now() };
      return { publication: await this.repository.publish(tx, caller.tenant, version, note, deed), version };
    });
  }

  /** The experts' prior is in force again. */
  prior(caller: CallerIdentity, note: string): Promise<{ publication: number; version: null }> {
    const deed = { by: caller.name, at: this.clock.now() };
    return this.database.write([caller.tenant], async (tx) => ({
      publication: await this.repository.publish(tx, caller.tenant, null, note, deed),
      version: null,
    }));
  }
}

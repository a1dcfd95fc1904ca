import { Injectable } from '@nestjs/common';
import { armDue, type CallerIdentity, Clock, Database, Problem, type Tx } from '@tenure/platform';
import { defaultModel } from '@tenure/scoring';

import { evaluationDue } from '../evaluation/evaluation.domain';
import { ModelReadModel } from './model.read-model';
import { PublicationRepository } from './publication.repository';

const armedAtOnce = 5_000;

/** What putting a model in force set going. */
export interface Published {
  readonly publication: number;
  readonly version: string;
  /** Accounts that are judged by the new model now. */
  readonly rescoring: number;
}

/** Puts a model in force and makes every account due for it. */
@Injectable()
export class PublishModelHandler {
  constructor(
    private readonly database: Database,
    private readonly models: ModelReadModel,
    private readonly repository: PublicationRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws `not-found` for a version nobody added, `conflict` for the one in force. */
  publish(caller: CallerIdentity, version: string, note: string): Promise<Published> {
    return this.database.write([caller.tenant], async (tx) => {
      const model = await this.models.byVersion(tx, caller.tenant, version);
      if (!model) throw new Problem('not-found', `There is no model ${version}.`);
      if ((await this.models.inForce(tx, caller.tenant)).version === version)
        throw new Problem('conflict', `${version} is in force already.`);
      return this.put(tx, caller, version, note);
    });
  }

  /** Back to the version that was in force before; the publication that is undone stays on record. */
  rollback(caller: CallerIdentity, note: string): Promise<Published> {
    return this.database.write([caller.tenant], async (tx) => {
      const [current, before] = await this.models.publications(tx, caller.tenant);
      if (!current) throw new Problem('conflict', 'No model was published yet: there is nothing to roll back.');
      return this.put(tx, caller, before?.version ?? defaultModel().version, note);
    });
  }

  private async put(tx: Tx, caller: CallerIdentity, version: string, note: string): Promise<Published> {
    const deed = { by: caller.name, at: this.clock.now() };
    const shipped = defaultModel();
    // The shipped model is kept like any other once it is named, so that a later release cannot change what was in force.
    if (version === shipped.version) await this.repository.add(tx, caller.tenant, shipped, deed);
    const publication = await this.repository.publish(tx, caller.tenant, version, note, deed);
    return { publication, version, rescoring: await this.rescore(tx, caller.tenant, deed.at) };
  }

  /** Every account is due, so the sweeper judges it by the new model; answers how many. */
  private async rescore(tx: Tx, tenant: string, now: Date): Promise<number> {
    const accounts = await this.repository.judged(tx, tenant);
    const dues = accounts.map((key) => ({ ...key, kind: evaluationDue, dueAt: now }));
    for (let start = 0; start < dues.length; start += armedAtOnce)
      await armDue(tx, dues.slice(start, start + armedAtOnce));
    return dues.length;
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, Database, Problem, type Tx } from '@tenure/platform';
import { defaultModel, diffModels, type Model, type ModelChange } from '@tenure/scoring';

import { checkedModel } from './add-model.handler';
import { type KeptModel, ModelReadModel, type Publication } from './model.read-model';
import { type WhatIfAccount, WhatIfReadModel } from './what-if.read-model';

/** A list with no further page. */
interface Whole<T> {
  readonly items: T[];
  readonly nextCursor: null;
}

/** A version with its file. */
interface VersionBody {
  readonly version: string;
  readonly model: Model;
}

/** Reads models for people and for the editor. */
@Injectable()
export class ReadModelsHandler {
  constructor(
    private readonly database: Database,
    private readonly models: ModelReadModel,
    private readonly accounts: WhatIfReadModel,
    private readonly clock: Clock,
  ) {}

  list(tenant: string): Promise<Whole<KeptModel> & { current: string; shipped: string; publications: Publication[] }> {
    return this.database.read([tenant], async (tx) => ({
      items: await this.models.list(tx, tenant),
      nextCursor: null,
      current: (await this.models.inForce(tx, tenant)).version,
      shipped: defaultModel().version,
      publications: await this.models.publications(tx, tenant),
    }));
  }

  current(tenant: string): Promise<VersionBody & { waiting: number }> {
    return this.database.read([tenant], async (tx) => {
      const model = await this.models.inForce(tx, tenant);
      return { version: model.version, model, waiting: await this.models.waiting(tx, tenant, model.version) };
    });
  }

  one(tenant: string, version: string): Promise<VersionBody> {
    return this.database.read([tenant], async (tx) => {
      const model = await this.named(tx, tenant, version);
      return { version, model };
    });
  }

  /** Throws `invalid` with every error of the file, `not-found` for an unknown `against`. */
  compare(
    tenant: string,
    file: unknown,
    against: string | undefined,
  ): Promise<{ version: string; against: string; changes: ModelChange[] }> {
    const model = checkedModel(file);
    return this.database.read([tenant], async (tx) => {
      const before = against ? await this.named(tx, tenant, against) : await this.models.inForce(tx, tenant);
      return { version: model.version, against: before.version, changes: diffModels(before, model) };
    });
  }

  whatIf(tenant: string, limit: number): Promise<Whole<WhatIfAccount>> {
    return this.database.read([tenant], async (tx) => ({
      items: await this.accounts.largest(tx, tenant, limit, this.clock.now().getTime()),
      nextCursor: null,
    }));
  }

  private async named(tx: Tx, tenant: string, version: string): Promise<Model> {
    const model = await this.models.byVersion(tx, tenant, version);
    if (!model) throw new Problem('not-found', `There is no model ${version}.`);
    return model;
  }
}

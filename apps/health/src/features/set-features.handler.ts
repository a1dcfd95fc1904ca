import { Injectable } from '@nestjs/common';
import { Database, Problem } from '@tenure/platform';

import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import type { Feature } from './feature.read-model';
import { FeatureRepository } from './feature.repository';

/** Replaces a tenant's features. */
@Injectable()
export class SetFeaturesHandler {
  constructor(
    private readonly database: Database,
    private readonly repository: FeatureRepository,
    private readonly facts: TenantFactsReadModel,
  ) {}

  async handle(tenant: string, features: readonly Feature[]): Promise<void> {
    const twice = features.findIndex((each, at) => features.findIndex((other) => other.feature === each.feature) < at);
    if (twice >= 0) {
      const pointer = `/items/${twice}/feature`;
      throw new Problem('invalid', `The feature "${features[twice]?.feature}" is there twice.`, { pointer });
    }
    await this.database.write([tenant], (tx) => this.repository.replace(tx, tenant, features));
    this.facts.forget(tenant);
  }
}

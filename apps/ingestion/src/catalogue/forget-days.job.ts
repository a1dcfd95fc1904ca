import { Injectable } from '@nestjs/common';
import { Jobs } from '@tenure/platform';

import { ListTenantsHandler } from '../sources/list-tenants.handler';
import { ReadCatalogueHandler } from './read-catalogue.handler';

/** Once a day, tenant by tenant. */
@Injectable()
export class ForgetDaysJob {
  constructor(
    private readonly tenants: ListTenantsHandler,
    private readonly catalogue: ReadCatalogueHandler,
    jobs: Jobs,
  ) {
    jobs.repeat('forget-catalogue-days', '41 3 * * *', () => this.run());
  }

  private async run(): Promise<void> {
    for (const tenantId of await this.tenants.list()) await this.catalogue.forgetOldDays(tenantId);
  }
}

import { Injectable } from '@nestjs/common';
import { Jobs } from '@tenure/platform';

import { ListTenantsHandler } from '../sources/list-tenants.handler';
import { ExpireHeldHandler } from './expire-held.handler';

/** Every five minutes, tenant by tenant. */
@Injectable()
export class ExpireHeldJob {
  constructor(
    private readonly tenants: ListTenantsHandler,
    private readonly expirer: ExpireHeldHandler,
    jobs: Jobs,
  ) {
    jobs.repeat('expire-held', '*/5 * * * *', () => this.run());
  }

  private async run(): Promise<void> {
    for (const tenantId of await this.tenants.list()) await this.expirer.expire(tenantId);
  }
}

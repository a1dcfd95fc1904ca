import { Injectable } from '@nestjs/common';
import { Jobs } from '@tenure/platform';

import { ListTenantsHandler } from '../sources/list-tenants.handler';
import { FileRejectsHandler } from './file-rejects.handler';

/** Once an hour, tenant by tenant. */
@Injectable()
export class ForgetRejectsJob {
  constructor(
    private readonly tenants: ListTenantsHandler,
    private readonly rejects: FileRejectsHandler,
    jobs: Jobs,
  ) {
    jobs.repeat('forget-rejects', '23 * * * *', () => this.run());
  }

  private async run(): Promise<void> {
    for (const tenantId of await this.tenants.list()) await this.rejects.forgetOld(tenantId);
  }
}

import { Injectable } from '@nestjs/common';
import { Jobs } from '@tenure/platform';

import { ListTenantsHandler } from '../sources/list-tenants.handler';
import { ListImportsHandler } from './list-imports.handler';

/** Once an hour, tenant by tenant: refused rows are kept as long as every other refused item. */
@Injectable()
export class ForgetImportsJob {
  constructor(
    private readonly tenants: ListTenantsHandler,
    private readonly imports: ListImportsHandler,
    jobs: Jobs,
  ) {
    jobs.repeat('forget-imports', '29 * * * *', () => this.run());
  }

  private async run(): Promise<void> {
    for (const tenantId of await this.tenants.list()) await this.imports.forgetOld(tenantId);
  }
}

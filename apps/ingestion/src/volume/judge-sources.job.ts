import { Injectable } from '@nestjs/common';
import { Jobs } from '@tenure/platform';

import { ListTenantsHandler } from '../sources/list-tenants.handler';
import { JudgeSourcesHandler } from './judge-sources.handler';

/** Every five minutes, tenant by tenant. */
@Injectable()
export class JudgeSourcesJob {
  constructor(
    private readonly tenants: ListTenantsHandler,
    private readonly judge: JudgeSourcesHandler,
    jobs: Jobs,
  ) {
    jobs.repeat('judge-sources', '*/5 * * * *', () => this.run());
  }

  private async run(): Promise<void> {
    for (const tenantId of await this.tenants.list()) await this.judge.judge(tenantId);
  }
}

import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { IngestionConfig } from '../ingestion.config';
import { ManageSourcesHandler } from './manage-sources.handler';

const demoTenant = 'demo';

/** The two sources of the demo, with keys that everybody knows; nowhere else. */
@Injectable()
export class EnsureDemoHandler implements OnApplicationBootstrap {
  constructor(
    private readonly sources: ManageSourcesHandler,
    private readonly config: IngestionConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.demo) return;
    const common = { tenantId: demoTenant, kind: 'segment', state: 'active' } as const;
    await this.sources.ensureDemo({ ...common, sourceId: 'demo-live', mode: 'live' }, 'Demo product', 'demo-write-key');
    await this.sources.ensureDemo(
      { ...common, sourceId: 'demo-import', mode: 'import' },
      'Demo history',
      'demo-import-key',
    );
  }
}

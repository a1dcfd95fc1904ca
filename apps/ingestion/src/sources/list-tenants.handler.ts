import { Injectable } from '@nestjs/common';
import { Database } from '@tenure/platform';

import { WriteKeysReadModel } from './write-keys.read-model';

/** Every tenant that ever had a source here. */
@Injectable()
export class ListTenantsHandler {
  constructor(
    private readonly database: Database,
    private readonly keys: WriteKeysReadModel,
  ) {}

  list(): Promise<string[]> {
    return this.database.system((tx) => this.keys.tenants(tx));
  }
}

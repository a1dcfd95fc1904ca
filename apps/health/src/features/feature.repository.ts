import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { Feature } from './feature.read-model';

@Injectable()
export class FeatureRepository {
  async replace(tx: Tx, tenantId: string, features: readonly Feature[]): Promise<void> {
    await tx.query('delete from features where tenant_id = $1', [tenantId]);
    for (const { feature, names, key, signIn, value } of features) {
      await tx.query(
        'insert into features (tenant_id, feature, names, key, sign_in, value) values ($1, $2, $3, $4, $5, $6)',
        [tenantId, feature, names, key, signIn, value],
      );
    }
  }
}

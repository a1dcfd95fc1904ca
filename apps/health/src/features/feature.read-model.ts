import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

/** A feature as it is kept. */
export interface Feature {
  readonly feature: string;
  readonly names: string[];
  readonly key: boolean;
  /** Its names are sign-ins. */
  readonly signIn: boolean;
  /** Its first use is first value. */
  readonly value: boolean;
}

@Injectable()
export class FeatureReadModel {
  list(tx: Tx, tenantId: string): Promise<Feature[]> {
    return tx.query<Feature>(
      `select feature, names, key, sign_in as "signIn", value from features where tenant_id = $1 order by feature`,
      [tenantId],
    );
  }
}

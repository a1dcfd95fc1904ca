import type { SegmentRates } from '@tenure/scoring';

/** What an account is compared with inside its tenant. */
export interface TenantComparison {
  /** Currency → the ARR in minor units from which an account is in the top decile. */
  readonly topDecile: ReadonlyMap<string, number>;
  /** Segment (or '' for accounts without) → its rates. */
  readonly segments: ReadonlyMap<string, SegmentRates>;
}

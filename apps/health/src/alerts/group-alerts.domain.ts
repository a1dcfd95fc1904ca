import type { RiskAlert } from '@tenure/contracts';
import type { Cause } from '@tenure/scoring';

/** An alert that opens, with what may stand behind it. `data` is the object that is kept, published and held in memory. */
export interface OpeningAlert {
  readonly tenantId: string;
  readonly alertId: string;
  readonly cause: Cause;
  readonly data: RiskAlert;
}

/** An alert that is open already. */
export interface OpenMember {
  readonly tenantId: string;
  readonly causeId: string;
  readonly alertId: string;
}

const mostRelated = 100;

/**
 * Writes the shared cause and the other alerts of it into those that open: from the number on at which it is a cause that
 * they share. Alerts of the same batch know each other.
 */
export function group(opening: readonly OpeningAlert[], open: readonly OpenMember[]): void {
  const keyOf = ({ tenantId, causeId }: { tenantId: string; causeId: string }): string => `${tenantId}\n${causeId}`;
  const members = new Map<string, string[]>();
  const add = (key: string, alertId: string): void => {
    const list = members.get(key) ?? [];
    if (!list.includes(alertId)) members.set(key, [...list, alertId]);
  };
  for (const one of open) add(keyOf(one), one.alertId);
  for (const { tenantId, cause, alertId } of opening) add(keyOf({ tenantId, causeId: cause.id }), alertId);
  for (const { tenantId, cause, alertId, data } of opening) {
    const all = members.get(keyOf({ tenantId, causeId: cause.id })) ?? [];
    if (all.length < cause.sharedFrom) continue;
    data.causeId = cause.id;
    data.relatedAlertIds = all.filter((other) => other !== alertId).slice(0, mostRelated);
  }
}

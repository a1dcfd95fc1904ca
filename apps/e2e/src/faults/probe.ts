import { eventually } from '@tenure/testing';
import { post, type Door, type Posted } from '../client/post';
import type { Tenant } from '../client/tenant';
import type { Stage } from './stage';

let asked = 0;

/** One Segment call of a tenant that no ledger knows. */
export function probe(door: Door): Promise<Posted> {
  asked += 1;
  const call = { messageId: `probe-${asked}`, userId: 'u', event: 'Probed', context: { groupId: 'probes' } };
  return post(door, '/v1/track', JSON.stringify(call));
}

/** The stack's own process of ingestion, as this tenant. */
export const doorOf = (stage: Stage, { writeKey }: Tenant): Door => ({ url: stage.stack.urls.ingestion, writeKey });

/** Waits until a call is accepted again; answers how long that took, in milliseconds. */
export async function accepts(door: Door): Promise<number> {
  const begun = Date.now();
  const look = async () => {
    const { status } = await probe(door);
    if (status !== 200) throw new Error(`Ingestion still answers ${status}.`);
  };
  await eventually(look, { timeoutMs: 120_000, everyMs: 100 });
  return Date.now() - begun;
}

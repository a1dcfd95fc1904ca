import type { Call, Person } from './renewal-row.domain';
import { renewalRow } from './renewal-row.domain';
import type { KeptRenewal, RenewalChange } from './renewal-changes.domain';

/** What somebody says now; what is left out stays as it was said before. Money in minor units. */
export type Saying = Partial<Pick<Call, 'category' | 'stage' | 'amountMinor' | 'probability'>> & {
  readonly why: string;
};

/** A person's call: it stands beside the model from now on, which does not overwrite it. */
export function callRenewal(before: KeptRenewal, saying: Saying, by: Person, as: Call['as'], at: Date): RenewalChange {
  const said = before.call;
  const call: Call = {
    category: saying.category ?? said?.category ?? null,
    stage: saying.stage ?? said?.stage ?? null,
    amountMinor: saying.amountMinor ?? said?.amountMinor ?? null,
    probability: saying.probability ?? said?.probability ?? null,
    why: saying.why,
    by,
    as,
    at: at.toISOString(),
  };
  const { accountId, accountName: name, segment, owner } = before.row;
  const account = { accountId, name, segment, ownerEmail: owner?.email ?? null };
  const row = renewalRow(before.renewalId, account, before.facts, before.model, call);
  const after = { ...before, version: before.version + 1, call, row };
  return { change: 'changed', before, after, why: saying.why };
}

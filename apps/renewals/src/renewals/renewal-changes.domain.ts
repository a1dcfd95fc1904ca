import type { RenewalRow } from '@tenure/contracts';
import { isoFromDay } from '@tenure/scoring';
import type { Span } from '../contracts/contract-span.domain';
import { LONG_TERM_DAYS } from '../contracts/contract-term.domain';
import { forecast, type Forecast, type Standing } from './forecast.domain';
import { opensOn } from './horizon.domain';
import { renewalCandidates, type RenewalFacts } from './renewal-candidates.domain';
import { sameValue } from './same-value.domain';
import { outcomeOf } from './renewal-outcome.domain';
import { type AccountFacts, type Call, closedRow, renewalRow } from './renewal-row.domain';

/** A renewal as it is kept. */
export interface KeptRenewal {
  readonly renewalId: string;
  readonly version: number;
  readonly open: boolean;
  readonly facts: RenewalFacts;
  readonly model: Forecast;
  readonly call: Call | null;
  readonly row: RenewalRow;
}

/** A new version of a renewal, and what it was before. */
export interface RenewalChange {
  readonly change: 'opened' | 'changed' | 'closed';
  readonly before: KeptRenewal | null;
  readonly after: KeptRenewal;
  readonly why: string;
}

/** Everything the renewals of an account follow from. */
export interface RenewalInputs extends Standing {
  readonly account: AccountFacts;
  readonly spans: readonly Span[];
  /** Makes an id of a name that is unique in the account. */
  readonly idOf: (name: string) => string;
}

/** The model's numbers move with every event; below this they are left as they are. */
const NOTICEABLE = 0.02;

/** What has to change in the kept open renewals so that they say what the contracts say today. */
export function renewalChanges(inputs: RenewalInputs, open: readonly KeptRenewal[]): RenewalChange[] {
  const candidates = renewalCandidates(inputs.spans, inputs.today);
  const left = new Set(open);
  const changes: RenewalChange[] = [];
  for (const facts of candidates) {
    const known = closest(facts, left);
    if (known) left.delete(known);
    else if (opensOn(facts, inputs.lead) > inputs.today) continue;
    changes.push(...(known ? changed(inputs, facts, known) : [opened(inputs, facts)]));
  }
  return [...[...left].map((known) => closed(inputs, known)), ...changes];
}

/** The kept renewal of the same contracts and, nearly, the same end: a later term is another renewal. */
function closest(facts: RenewalFacts, open: ReadonlySet<KeptRenewal>): KeptRenewal | undefined {
  const overlap = (one: KeptRenewal) => one.facts.contractIds.filter((id) => facts.contractIds.includes(id)).length;
  return [...open]
    .filter((one) => overlap(one) > 0 && Math.abs(one.facts.endDay - facts.endDay) < LONG_TERM_DAYS)
    .filter((one) => one.facts.currency === facts.currency)
    .sort((a, b) => overlap(b) - overlap(a) || (a.renewalId < b.renewalId ? -1 : 1))[0];
}

function opened(inputs: RenewalInputs, facts: RenewalFacts): RenewalChange {
  const model = forecast(facts, inputs);
  const renewalId = inputs.idOf(`${facts.contractIds.join(',')}|${facts.currency}|${isoFromDay(facts.endDay)}`);
  const row = renewalRow(renewalId, inputs.account, facts, model, null);
  const after = { renewalId, version: 1, open: true, facts, model, call: null, row };
  return { change: 'opened', before: null, after, why: model.why };
}

function changed(inputs: RenewalInputs, facts: RenewalFacts, before: KeptRenewal): RenewalChange[] {
  const model = noticeable(before.model, forecast(facts, inputs));
  const { renewalId, call } = before;
  const row = renewalRow(renewalId, inputs.account, facts, model, call);
  const after = { ...before, version: before.version + 1, facts, model, row };
  if (sameValue(before.row, row) && sameValue(before.model, model)) return [];
  return [{ change: 'changed', before, after, why: model.why }];
}

function noticeable(before: Forecast, after: Forecast): Forecast {
  const moved = Math.abs(before.probability - after.probability) >= NOTICEABLE - 1e-9;
  const same =
    before.category === after.category && before.stage === after.stage && before.amountMinor === after.amountMinor;
  return moved || !same ? after : before;
}

function closed({ spans, today }: RenewalInputs, before: KeptRenewal): RenewalChange {
  const { outcome, why, renewedMinor } = outcomeOf(before.facts, spans, today);
  const row = closedRow(before.row, before.facts, outcome, renewedMinor ?? before.facts.dueMinor);
  return { change: 'closed', before, after: { ...before, version: before.version + 1, open: false, row }, why };
}

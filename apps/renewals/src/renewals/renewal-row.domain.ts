import {
  type Forecaster,
  fromMinor,
  type RenewalCategory,
  type RenewalRow,
  type RenewalStage,
} from '@tenure/contracts';
import { isoFromDay } from '@tenure/scoring';
import type { Forecast } from './forecast.domain';
import type { RenewalFacts } from './renewal-candidates.domain';

/** Who said something. */
export interface Person {
  readonly id: string | null;
  readonly name: string | null;
  readonly email: string | null;
}

/** What a person said of a renewal; each field stands until a person says it anew. */
export interface Call {
  readonly category: RenewalCategory | null;
  readonly stage: RenewalStage | null;
  readonly amountMinor: number | null;
  readonly probability: number | null;
  readonly why: string;
  readonly by: Person;
  readonly as: Exclude<Forecaster, 'model'>;
  /** ISO instant. */
  readonly at: string;
}

/** What a row shows of its account. */
export interface AccountFacts {
  readonly accountId: string;
  readonly name: string | null;
  readonly segment: string | null;
  readonly ownerEmail: string | null;
}

export type Outcome = NonNullable<RenewalRow['outcome']>;

/** The row as people read it: a person's call where there is one, else the model. */
export function renewalRow(
  renewalId: string,
  account: AccountFacts,
  facts: RenewalFacts,
  model: Forecast,
  call: Call | null,
): RenewalRow {
  const probability = call?.probability ?? model.probability;
  return {
    renewalId,
    accountId: account.accountId,
    accountName: account.name,
    segment: account.segment,
    owner: account.ownerEmail === null ? null : { id: null, name: null, email: account.ownerEmail },
    decisionDate: isoFromDay(facts.decisionDay),
    endDate: isoFromDay(facts.endDay),
    noticeDays: facts.noticeDays,
    autoRenew: facts.autoRenew,
    stage: call?.stage ?? model.stage,
    category: call?.category ?? model.category,
    amounts: amountsOf(facts, call?.amountMinor ?? model.amountMinor, probability),
    currency: facts.currency,
    probability,
    probabilityBy: call && call.probability !== null ? call.as : 'model',
    probabilityBasis: call && call.probability !== null ? 'person' : 'prior',
    why: call?.why ?? model.why,
    contractIds: [...facts.contractIds],
    lines: facts.lines.map(({ contractId, lineId, product, kind, quantity, arrMinor }) => ({
      contractId,
      lineId,
      product: product ?? lineId,
      kind,
      quantity: quantity ?? null,
      arr: fromMinor(arrMinor, facts.currency),
    })),
    overdue: facts.overdue,
    checkpoint: facts.checkpointDay === null ? null : isoFromDay(facts.checkpointDay),
    outcome: null,
  };
}

/** due = flat + downsell; renewed at flat + uplift; expected = that, weighted. */
export function amountsOf({ dueMinor, currency }: RenewalFacts, amountMinor: number, probability: number) {
  const money = (minor: number): number => fromMinor(minor, currency);
  return {
    due: money(dueMinor),
    flat: money(Math.min(dueMinor, amountMinor)),
    uplift: money(Math.max(0, amountMinor - dueMinor)),
    downsell: money(Math.max(0, dueMinor - amountMinor)),
    expected: money(Math.round(amountMinor * probability)),
  };
}

/** The row of a renewal that is over: a renewed one at what it was signed for, a churned one at nothing. */
export function closedRow(row: RenewalRow, facts: RenewalFacts, outcome: Outcome, renewedMinor: number): RenewalRow {
  const closed = { ...row, stage: 'closed' as const, outcome };
  if (outcome === 'superseded') return closed;
  if (outcome === 'churned') return { ...closed, category: 'churn', amounts: { ...row.amounts, expected: 0 } };
  return { ...closed, category: 'commit', amounts: amountsOf(facts, renewedMinor, 1) };
}

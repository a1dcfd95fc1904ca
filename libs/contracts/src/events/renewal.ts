import { Type, type Static } from 'typebox';
import { defineEvent } from '../event-definition';
import {
  clearable,
  currency,
  day,
  id,
  ids,
  line,
  money,
  nullable,
  oneOf,
  person,
  prose,
  share,
  version,
} from '../fields';
import { topics } from '../topics';
import { contractLineKinds, forecasters, renewalCategories, renewalStages } from '../vocabulary';

const amounts = Type.Object({
  /** ARR that ends on the decision. */
  due: money,
  flat: money,
  uplift: money,
  downsell: money,
  /** Probability-weighted. */
  expected: money,
});

const renewalLine = Type.Object({
  contractId: id,
  lineId: id,
  product: id,
  kind: oneOf(contractLineKinds),
  quantity: nullable(Type.Number()),
  arr: money,
});

/** A renewal, as `GET /renewals` lists it, whole after every change. Money in major units of `currency`. */
const renewal = Type.Object({
  renewalId: id,
  version,
  change: oneOf(['opened', 'changed', 'closed']),
  accountId: id,
  accountName: nullable(line),
  segment: nullable(line),
  owner: nullable(person),
  /** The end, or the end minus the notice period where it renews by itself. */
  decisionDate: day,
  endDate: day,
  noticeDays: nullable(Type.Integer({ minimum: 0 })),
  autoRenew: Type.Boolean(),
  stage: oneOf(renewalStages),
  category: oneOf(renewalCategories),
  amounts,
  currency,
  probability: nullable(share),
  probabilityBy: oneOf(forecasters),
  /** `prior` until the tenant has enough outcomes of its own; then `fitted`; `person` where somebody set it. */
  probabilityBasis: oneOf(['prior', 'fitted', 'person']),
  why: nullable(prose),
  contractIds: ids,
  lines: Type.Array(renewalLine, { maxItems: 1000 }),
  /** Ended and unsigned, inside its grace. */
  overdue: Type.Boolean(),
  /** The next yearly checkpoint of a contract of several years. */
  checkpoint: clearable(day),
  /** Of a closed one: what became of it. */
  outcome: clearable(oneOf(['renewed', 'churned', 'superseded'])),
});
export type Renewal = Static<typeof renewal>;

const renewalEvent = (change: Renewal['change']) =>
  defineEvent({ type: `tenure.renewal.${change}.v1`, topic: topics.renewalEvents, schema: renewal });

export const renewalOpened = renewalEvent('opened');
export const renewalChanged = renewalEvent('changed');
export const renewalClosed = renewalEvent('closed');

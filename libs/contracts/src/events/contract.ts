import { Type, type Static } from 'typebox';
import { decimalsFit, knownCurrency, notBefore } from '../checks';
import { defineEvent, type EventData, type Issue } from '../event-definition';
import {
  accountNaming,
  clearable,
  currency,
  day,
  id,
  ids,
  instant,
  line,
  money,
  oneOf,
  prose,
  stateMarks,
} from '../fields';
import { topics } from '../topics';
import { contractLineKinds, contractStatuses } from '../vocabulary';

const quantity = Type.Number({ minimum: 0, maximum: 1e12 });

const contractLine = Type.Object({
  lineId: id,
  product: id,
  kind: oneOf(contractLineKinds),
  /** What is counted: seats, API calls, ... */
  metric: clearable(line),
  quantity: clearable(quantity),
  /** Major units a year, of this line; a discount line is negative. */
  arr: money,
  /** Of a ramp; without them the line runs as long as its contract. Last day in force, as the contract's end. */
  start: clearable(day),
  end: clearable(day),
});
export type ContractLine = Static<typeof contractLine>;

function checkLine(one: ContractLine, at: number, code: string, seen: Set<string>): Issue | null {
  const pointer = `/lines/${at}`;
  if (seen.has(one.lineId)) {
    const detail = `lines[${at}].lineId must be unique in its contract; "${one.lineId}" is there twice.`;
    return { code: 'wrong-value', pointer: `${pointer}/lineId`, detail };
  }
  seen.add(one.lineId);
  return decimalsFit(one.arr, code, `${pointer}/arr`) ?? notBefore(one.end, one.start, `${pointer}/end`, 'start');
}

function checkLines(lines: readonly ContractLine[], code: string): Issue | null {
  const seen = new Set<string>();
  for (const [at, one] of lines.entries()) {
    const issue = checkLine(one, at, code, seen);
    if (issue) return issue;
  }
  return null;
}

/** A contract with its lines; `lines` is always the whole list. */
export const contractChanged = defineEvent({
  type: 'tenure.contract.changed.v1',
  topic: topics.contractChanges,
  direction: 'input',
  entity: 'contract',
  entityId: (data) => data.contractId,
  schema: Type.Object({
    ...accountNaming,
    ...stateMarks,
    contractId: id,
    status: oneOf(contractStatuses),
    start: day,
    /** The last day in force. */
    end: day,
    currency,
    lines: Type.Array(contractLine, { maxItems: 500 }),
    signedAt: clearable(instant),
    noticeGivenAt: clearable(instant),
    /** When a change of a running contract counts from. */
    effectiveAt: clearable(instant),
    evergreen: clearable(Type.Boolean()),
    billingPeriod: clearable(line),
    autoRenew: clearable(Type.Boolean()),
    noticeDays: clearable(Type.Integer({ minimum: 0, maximum: 3650 })),
    replacesContractIds: clearable(ids),
    coversAccountIds: clearable(ids),
    reasonCode: clearable(Type.String({ minLength: 1, maxLength: 100 })),
    reason: clearable(prose),
    crmOpportunityId: clearable(id),
  }),
  check: (data) =>
    knownCurrency(data.currency) ??
    notBefore(data.end, data.start, '/end', 'start') ??
    checkLines(data.lines, data.currency),
});
export type ContractChanged = EventData<typeof contractChanged>;

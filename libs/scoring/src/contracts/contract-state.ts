import type { ContractLine, ContractState } from '../history/entities';
import { dayFromIso, type EpochDay } from '../time/day';
import { zonedDay } from '../time/zoned-day';

type Data = Readonly<Record<string, unknown>>;

/** What the mapping needs from outside: this library brings neither a currency list nor a clock. */
export interface ContractReading {
  /** Days of instants are days of this zone (IANA name, the account's). */
  readonly timeZone: string;
  /** Major units to integer minor units of a currency. */
  readonly toMinor: (amount: number, currency: string) => number;
}

/** The folded data of a `contract.changed` as the state that terms, features and signals read. */
export function contractStateOf(data: Data, { timeZone, toMinor }: ContractReading): ContractState {
  const currency = text(data['currency']) ?? 'USD';
  const effective = instant(data['effectiveAt']);
  const lines = (data['lines'] as readonly Data[] | undefined) ?? [];
  return present<ContractState>({
    status: data['status'] as ContractState['status'],
    start: dayFromIso(text(data['start']) ?? ''),
    end: dayFromIso(text(data['end']) ?? ''),
    currency,
    lines: lines.map((line) => lineOf(line, (amount) => toMinor(amount, currency))),
    evergreen: data['evergreen'] as boolean | undefined,
    autoRenew: data['autoRenew'] as boolean | undefined,
    noticeDays: number(data['noticeDays']),
    noticeGivenAt: instant(data['noticeGivenAt']),
    signedAt: instant(data['signedAt']),
    effectiveDay: effective === undefined ? undefined : zonedDay(effective, timeZone),
    replacesContractIds: data['replacesContractIds'] as readonly string[] | undefined,
    reason: text(data['reason']),
  });
}

function lineOf(line: Data, toMinor: (amount: number) => number): ContractLine {
  return present<ContractLine>({
    lineId: text(line['lineId']) ?? '',
    product: text(line['product']),
    kind: line['kind'] as ContractLine['kind'],
    metric: text(line['metric']),
    quantity: number(line['quantity']),
    arrMinor: toMinor(number(line['arr']) ?? 0),
    start: day(line['start']),
    end: day(line['end']),
  });
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const instant = (value: unknown): number | undefined => (typeof value === 'string' ? Date.parse(value) : undefined);
const day = (value: unknown): EpochDay | undefined => (typeof value === 'string' ? dayFromIso(value) : undefined);

/** Leaves out what is undefined, so that an absent field stays absent. */
function present<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}

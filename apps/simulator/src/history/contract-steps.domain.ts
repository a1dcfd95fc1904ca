import type { ContractChanged, ContractLine } from '@tenure/contracts';
import type { Account, World } from '../world/account.domain';
import { type Day, businessDay, isoDay, isoTime } from '../world/calendar.domain';
import type { Decision } from '../world/hazard.domain';
import { churnReasons, products } from '../world/product.domain';
import { type Random, at } from '../world/random.domain';

export type ContractState = Omit<ContractChanged, 'accountId'>;

/** The whole contract as it stands from a day on. */
export interface ContractStep {
  readonly day: Day;
  readonly state: ContractState;
}

export interface ContractPlan {
  /** Per contract, its steps in order. */
  readonly contracts: readonly (readonly ContractStep[])[];
  readonly decisions: readonly Decision[];
  /** Last day as a customer, when the account leaves inside the history. */
  readonly lastDay: Day | undefined;
}

/** One term of a contract, before it is written out with its lines. */
export interface Term {
  readonly number: string;
  readonly product: string;
  readonly start: Day;
  readonly end: Day;
  readonly arr: number;
  readonly signed: Day;
  readonly replaces?: string;
}

/** Signature, and now and then a line that was added or dropped inside the history. */
export function signedSteps(
  world: World,
  account: Account,
  random: Random,
  term: Term,
  mayChange = false,
): ContractStep[] {
  const base = (lines: ContractLine[]): ContractState => ({
    contractId: term.number,
    status: 'active',
    start: isoDay(term.start),
    end: isoDay(term.end),
    currency: account.currency,
    lines,
    signedAt: isoTime(term.signed, 54_000),
    evergreen: false,
    billingPeriod: account.segment === 'enterprise' ? 'quarterly' : 'yearly',
    autoRenew: account.segment !== 'enterprise',
    noticeDays: account.segment === 'enterprise' ? 90 : account.segment === 'mid-market' ? 60 : 30,
    ...(term.replaces ? { replacesContractIds: [term.replaces] } : {}),
  });
  const whole = [lineOf(account, { lineId: 'l1', product: term.product, arr: term.arr })];
  const draw = random.next();
  const changed = businessDay(term.start + 25 + Math.floor(random.next() * (world.until - term.start - 30)));
  if (!mayChange || changed >= world.until || changed <= term.start + 20 || draw > 0.34)
    return [{ day: term.signed, state: base(whole) }];
  const part = money(term.arr * random.between(0.08, 0.25));
  const effective = { effectiveAt: isoTime(changed, 0) };
  if (draw < 0.06) {
    const extra = lineOf(account, { lineId: 'l2', product: products.insights, arr: part });
    const dropped = { ...extra, end: isoDay(changed - 1) };
    return [
      { day: term.signed, state: base([...whole, extra]) },
      { day: changed, state: { ...base([...whole, dropped]), ...effective } },
    ];
  }
  const product = draw < 0.2 ? term.product : products.automation;
  const first = lineOf(account, { lineId: 'l1', product: term.product, arr: term.arr - part });
  const added = { ...lineOf(account, { lineId: 'l2', product, arr: part }), start: isoDay(changed) };
  return [
    { day: term.signed, state: base([first]) },
    { day: changed, state: { ...base([first, added]), ...effective } },
  ];
}

/** Seats of the core product; the other products are modules of the whole account. */
export function lineOf(
  account: Account,
  { lineId, product, arr }: Pick<ContractLine, 'lineId' | 'product' | 'arr'>,
): ContractLine {
  const seats = Math.max(4, Math.round(arr / seatPrice[account.segment]));
  const counted = product === products.core ? { metric: 'seats', quantity: seats } : { metric: 'modules', quantity: 1 };
  return { lineId, product, kind: 'recurring', ...counted, arr };
}

/** Revenue of one seat a year, so that seats and users fit. */
export const seatPrice = { enterprise: 4_000, 'mid-market': 2_900, smb: 1_100 };

/** Notice of non-renewal for who gives it now; the end for everyone else. */
export function noticeOrEnd(world: World, account: Account, term: Term, next: Term): ContractStep[] {
  if (account.role !== 'notice-given') return [endedStep(term, Math.max(term.end + 1, next.signed))];
  const day = businessDay(world.until - 4 - (account.index % 9));
  const reason = at(churnReasons, account.index);
  const told = { noticeGivenAt: isoTime(day, 55_000), reasonCode: reason.code, reason: reason.text };
  return [{ day, state: { ...closedState(term, 'notice-given'), ...told } }, endedStep(term, term.end + 1)];
}

export function leaving(world: World, account: Account, random: Random, term: Term): ContractStep[] {
  const reason = reasonOf(account, random);
  const told = { reasonCode: reason.code, reason: reason.text };
  const notice = businessDay(term.end - random.int(35, 95));
  const ended: ContractStep = { day: term.end + 1, state: { ...closedState(term, 'ended'), ...told } };
  if (notice <= world.start || random.chance(0.35)) return [ended];
  const given = { noticeGivenAt: isoTime(notice, 55_000), ...told };
  return [
    { day: notice, state: { ...closedState(term, 'notice-given'), ...given } },
    { ...ended, state: { ...ended.state, ...given } },
  ];
}

export function reasonOf(account: Account, random: Random) {
  const byRole: { readonly [role: string]: number } = {
    'past-slow-decline': 0,
    'past-never-onboarded': 0,
    'past-champion-cliff': 1,
    'past-price': 2,
    'past-ticket-spiral': 3,
  };
  return at(churnReasons, byRole[account.role] ?? random.int(0, churnReasons.length - 1));
}

export function endedStep(term: Term, day: Day): ContractStep {
  return { day, state: closedState(term, 'ended') };
}

/** Only what a change of status says; `withHistory` fills in the rest from the step before. */
function closedState(term: Term, status: ContractState['status']): ContractState {
  return { contractId: term.number, status, start: isoDay(term.start), end: isoDay(term.end), currency: '', lines: [] };
}

export function money(amount: number): number {
  return Math.round(amount / 100) * 100;
}

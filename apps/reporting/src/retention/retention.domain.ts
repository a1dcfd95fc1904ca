import type { MovementKind } from '@tenure/contracts';
import type { EpochDay } from '@tenure/scoring';
import type { Period } from './retention-period.domain';

/** A line of the ARR ledger. Money in whole minor units of `currency` a year, signed. */
export interface LedgerLine {
  readonly accountId: string;
  readonly day: EpochDay;
  readonly kind: MovementKind;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** An account and its lines; `logo` is its ultimate parent. */
export interface LedgerAccount<L extends LedgerLine = LedgerLine> {
  readonly accountId: string;
  readonly logo: string;
  readonly lines: readonly L[];
}

/** What one account that was a customer at the start did to its ARR. */
export interface AccountRetention {
  readonly start: bigint;
  readonly expansion: bigint;
  readonly contraction: bigint;
  readonly churn: bigint;
  readonly end: bigint;
}

/** Money in minor units; rates are shares, null where nothing was there at the start. */
export interface Retention {
  readonly startingArr: bigint;
  readonly expansion: bigint;
  readonly contraction: bigint;
  readonly churn: bigint;
  readonly nrr: number | null;
  readonly grr: number | null;
  readonly logoChurn: { readonly lost: number; readonly start: number; readonly rate: number | null };
  /** Accounts that the figures rest on. */
  readonly n: number;
}

const sum = (lines: readonly LedgerLine[]): bigint => lines.reduce((total, line) => total + line.amountMinor, 0n);
const before = (lines: readonly LedgerLine[], day: EpochDay) => lines.filter((line) => line.day < day);

/** Whether any currency stands above zero when `day` begins. */
function pays(lines: readonly LedgerLine[], day: EpochDay): boolean {
  const byCurrency = Map.groupBy(before(lines, day), (line) => line.currency);
  return [...byCurrency.values()].some((own) => sum(own) > 0n);
}

/**
 * One account in one currency; null: it was no customer in it at the start. ARR at a day is the sum of the lines before
 * it. A correction is no deed of the customer: one that takes back a churn of the same day (signed late) lessens that
 * churn; any other inside the period counts as if it had stood there from the start, so that a contract that goes on in
 * another currency is no churn in the one and no expansion in the other.
 */
export function accountRetention(account: LedgerAccount, period: Period, currency: string): AccountRetention | null {
  if (!pays(account.lines, period.from)) return null;
  const own = before(account.lines, period.to).filter((line) => line.currency === currency);
  const inside = own.filter((line) => line.day >= period.from);
  const of = (kind: MovementKind) => sum(inside.filter((line) => line.kind === kind));
  const back = takenBack(inside);
  const start = sum(before(own, period.from)) + of('correction') - back;
  if (start <= 0n) return null;
  const end = sum(own);
  const churn = -of('churn') - back;
  const contraction = -of('contraction');
  return { start, expansion: end - start + churn + contraction, contraction, churn, end };
}

/** How much of the churn of these lines, all of one currency, corrections of the same days take back. */
function takenBack(lines: readonly LedgerLine[]): bigint {
  const days = Map.groupBy(lines, (line) => line.day);
  return [...days.values()].reduce((total, day) => {
    const churn = -sum(day.filter((line) => line.kind === 'churn'));
    const correction = sum(day.filter((line) => line.kind === 'correction'));
    const least = churn < correction ? churn : correction;
    return total + (least > 0n ? least : 0n);
  }, 0n);
}

/**
 * NRR = (starting ARR + expansion − contraction − churn) ÷ starting ARR, over accounts that were customers at the start.
 * GRR = Σ min(ARR at end, ARR at start) ÷ Σ ARR at start, netted per account: what an account gave up and took back, or
 * took elsewhere, is netted before the minimum is taken. Logo churn = customers lost ÷ customers at the start, a customer
 * being the ultimate parent: it is lost when at the end none of its accounts pays in any currency.
 */
export function retention(accounts: readonly LedgerAccount[], period: Period, currency: string): Retention {
  const found = accounts.flatMap((account) => {
    const figures = accountRetention(account, period, currency);
    return figures ? [{ account, figures }] : [];
  });
  const total = (pick: (figures: AccountRetention) => bigint) =>
    found.reduce((all, { figures }) => all + pick(figures), 0n);
  const startingArr = total(({ start }) => start);
  const [expansion, contraction, churn] = [
    total((each) => each.expansion),
    total((each) => each.contraction),
    total((each) => each.churn),
  ];
  return {
    ...{ startingArr, expansion, contraction, churn },
    nrr: share(startingArr + expansion - contraction - churn, startingArr),
    grr: share(
      total(({ start, end }) => kept(start, end)),
      startingArr,
    ),
    logoChurn: logos(accounts, new Set(found.map(({ account }) => account.logo)), period.to),
    n: found.length,
  };
}

function kept(start: bigint, end: bigint): bigint {
  if (end <= 0n) return 0n;
  return end < start ? end : start;
}

function logos(
  accounts: readonly LedgerAccount[],
  atStart: ReadonlySet<string>,
  end: EpochDay,
): Retention['logoChurn'] {
  const paying = new Set(accounts.filter((account) => pays(account.lines, end)).map((account) => account.logo));
  const lost = [...atStart].filter((logo) => !paying.has(logo)).length;
  return { lost, start: atStart.size, rate: atStart.size === 0 ? null : lost / atStart.size };
}

function share(part: bigint, whole: bigint): number | null {
  return whole > 0n ? Number(part) / Number(whole) : null;
}

/** The ultimate parent by the parents that are known; a circle ends where it closes. */
export function logoOf(accountId: string, parents: ReadonlyMap<string, string>): string {
  const seen = new Set([accountId]);
  for (let at = accountId; ;) {
    const parent = parents.get(at);
    if (parent === undefined || seen.has(parent)) return at;
    seen.add(parent);
    at = parent;
  }
}

export const figureNames = ['nrr', 'grr', 'expansion', 'contraction', 'churn'] as const;
export type FigureName = (typeof figureNames)[number];

/**
 * The lines of the period behind a figure, of the accounts that it rests on. Of the corrections only those that take back
 * a churn are behind one.
 */
export function linesBehind<L extends LedgerLine>(
  accounts: readonly LedgerAccount<L>[],
  period: Period,
  currency: string,
  figure: FigureName,
): L[] {
  return accounts
    .filter((account) => accountRetention(account, period, currency) !== null)
    .flatMap(({ lines }) => {
      const inside = lines.filter(
        (line) => line.currency === currency && line.day >= period.from && line.day < period.to,
      );
      return inside.filter((line) => isBehind(kindOf(line, inside), figure));
    });
}

/** A correction that takes back a churn belongs to it. */
function kindOf(line: LedgerLine, inside: readonly LedgerLine[]): MovementKind {
  if (line.kind !== 'correction') return line.kind;
  return takenBack(inside.filter((other) => other.day === line.day)) > 0n ? 'churn' : 'correction';
}

function isBehind(kind: MovementKind, figure: FigureName): boolean {
  if (kind === 'correction') return false;
  const loss = kind === 'churn' || kind === 'contraction';
  if (figure === 'nrr') return true;
  if (figure === 'grr') return loss;
  return figure === 'expansion' ? !loss : kind === figure;
}

import { formatTable } from '../terminal/table.domain';

/** The result of a plan, as the API gives it. */
export interface PlanResult {
  readonly accounts: number;
  readonly moved: number;
  readonly meanChange: number;
  readonly flow: readonly { from: string; to: string; accounts: number; arr: Readonly<Record<string, number>> }[];
  readonly changing: readonly {
    accountId: string;
    name: string | null;
    arr: number | null;
    currency: string | null;
    from: { score: number | null; band: string };
    to: { score: number | null; band: string };
  }[];
  readonly alerts: readonly {
    accountId: string;
    signal: string;
    change: string;
    from: string | null;
    to: string | null;
  }[];
}

/** Accounts that would change band. */
export function bandChanges({ flow }: PlanResult): number {
  return flow.reduce((sum, { from, to, accounts }) => sum + (from === to ? 0 : accounts), 0);
}

/** A plan in words and tables, as a reviewer reads it. */
export function planText(version: string, changes: readonly { sentence: string }[], plan: PlanResult): string {
  const signed = (points: number) => (points > 0 ? `+${points}` : `${points}`);
  const moves = plan.flow.filter(({ from, to }) => from !== to);
  return [
    `Model ${version}`,
    ...(changes.length === 0 ? ['Nothing changes.'] : changes.map(({ sentence }) => `  ~ ${sentence}`)),
    '',
    `${plan.moved} of ${plan.accounts} accounts get another score, by ${signed(plan.meanChange)} points on average.`,
    moves.length === 0 ? 'No account changes band.' : `${bandChanges(plan)} accounts change band:`,
    ...(moves.length === 0 ? [] : [formatTable(['from', 'to', 'accounts', 'arr'], moves.map(flowRow))]),
    ...(plan.changing.length === 0
      ? []
      : ['', formatTable(['account', 'name', 'arr', 'from', 'to'], plan.changing.map(accountRow))]),
    '',
    plan.alerts.length === 0 ? 'No alert opens, ends or changes severity.' : `${plan.alerts.length} alerts change:`,
    ...(plan.alerts.length === 0 ? [] : [formatTable(['accountId', 'signal', 'change', 'from', 'to'], plan.alerts)]),
  ].join('\n');
}

const money = (amount: number | null, currency: string | null) =>
  amount === null || currency === null ? null : `${Math.round(amount)} ${currency}`;

function flowRow({ from, to, accounts, arr }: PlanResult['flow'][number]) {
  const sums = Object.entries(arr).map(([currency, amount]) => money(amount, currency));
  return { from, to, accounts: String(accounts), arr: sums.join(', ') };
}

function accountRow({ accountId, name, arr, currency, from, to }: PlanResult['changing'][number]) {
  const end = ({ score, band }: { score: number | null; band: string }) => `${score ?? '-'} ${band}`;
  return { account: accountId, name, arr: money(arr, currency), from: end(from), to: end(to) };
}

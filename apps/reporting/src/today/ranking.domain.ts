import type { Severity } from '@tenure/contracts';

/** An open alert of an account. */
export interface WaitingAlert {
  readonly alertId: string;
  readonly signal: string;
  readonly severity: Severity;
  readonly summary: string;
  /** Since when the condition holds. */
  readonly since: Date;
  /** It was already so at go-live or when an import was closed. */
  readonly preexisting: boolean;
  readonly arrAtRiskMinor: bigint | null;
}

/** An account with at least one open alert. Money in minor units of `currency`. */
export interface WaitingAccount {
  readonly accountId: string;
  readonly arrMinor: bigint | null;
  readonly currency: string | null;
  /** Days to the decision date; negative once it has passed; null where there is none. */
  readonly daysToDecision: number | null;
  readonly alerts: readonly WaitingAlert[];
}

/** An account with what it is ranked by. */
export interface Ranked<A extends WaitingAccount> {
  readonly account: A;
  readonly weight: number;
  readonly arrAtRiskMinor: bigint | null;
  /** The worst first. */
  readonly alerts: readonly WaitingAlert[];
}

/** Each step counts twice the one below it. */
const severityWeights: Readonly<Record<Severity, number>> = { info: 1, low: 2, medium: 4, high: 8, critical: 16 };

const HALF_LIFE_DAYS = 90;
/** An account without a decision date is taken as a year away. */
const NO_DECISION_DAYS = 365;

/** 1 on and after the decision date, 1/2 at 90 days, 1/5 at a year: 90 ÷ (90 + days). */
export function closeness(daysToDecision: number | null): number {
  return HALF_LIFE_DAYS / (HALF_LIFE_DAYS + Math.max(0, daysToDecision ?? NO_DECISION_DAYS));
}

/**
 * The order of Today: weight = ARR at risk × severity × closeness of the decision date, the largest first, where
 *
 * - ARR at risk is the most that one of the account's alerts puts at risk, else its ARR, as a multiple of the mean ARR in
 *   its currency (`meanMinor`): no rate is needed, and no two currencies are added or compared as if they were one;
 * - severity is that of the worst alert: info 1, low 2, medium 4, high 8, critical 16;
 * - closeness is 90 ÷ (90 + days to the decision), a year where there is none.
 *
 * Accounts whose alerts all were already true at go-live come after all others, in the same order among themselves. Where
 * the weight is equal (no ARR is known: 0), severity × closeness decides, then the id.
 */
export function rankAccounts<A extends WaitingAccount>(
  accounts: readonly A[],
  meanMinor: ReadonlyMap<string, number>,
): Ranked<A>[] {
  return accounts
    .filter((account) => account.alerts.length > 0)
    .map((account) => {
      const alerts = [...account.alerts].sort(worstFirst);
      const arrAtRiskMinor = atRisk(account);
      const urgency = (severityWeights[alerts[0]?.severity ?? 'info'] ?? 1) * closeness(account.daysToDecision);
      const weight = share(arrAtRiskMinor, meanMinor.get(account.currency ?? '')) * urgency;
      return { account, weight, urgency, arrAtRiskMinor, alerts, old: alerts.every((alert) => alert.preexisting) };
    })
    .sort(
      (a, b) =>
        Number(a.old) - Number(b.old) ||
        b.weight - a.weight ||
        b.urgency - a.urgency ||
        (a.account.accountId < b.account.accountId ? -1 : 1),
    )
    .map(({ account, weight, arrAtRiskMinor, alerts }) => ({ account, weight, arrAtRiskMinor, alerts }));
}

/** What was not there at go-live first, then by severity, then the longest standing. */
function worstFirst(a: WaitingAlert, b: WaitingAlert): number {
  return (
    Number(a.preexisting) - Number(b.preexisting) ||
    severityWeights[b.severity] - severityWeights[a.severity] ||
    a.since.getTime() - b.since.getTime() ||
    (a.alertId < b.alertId ? -1 : 1)
  );
}

function atRisk({ arrMinor, alerts }: WaitingAccount): bigint | null {
  const told = alerts.flatMap((alert) => (alert.arrAtRiskMinor === null ? [] : [alert.arrAtRiskMinor]));
  return told.length === 0 ? arrMinor : told.reduce((most, each) => (each > most ? each : most));
}

function share(minor: bigint | null, mean: number | undefined): number {
  if (minor === null || minor <= 0n) return 0;
  return mean === undefined || mean <= 0 ? 1 : Number(minor) / mean;
}

/** An alert as a sentence for a person; the marks of what was there before. */
export function sentenceOf(alert: WaitingAlert): string {
  return alert.preexisting ? `${alert.summary} (pre-existing)` : alert.summary;
}

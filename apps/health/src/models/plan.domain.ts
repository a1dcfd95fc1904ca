import type { Model, SignalParameters } from '@tenure/scoring';
import { fromMinor } from '@tenure/contracts';

import { type Evaluation, evaluate } from '../evaluation/evaluation.domain';
import type { AccountState } from '../history/hot-state.domain';
import { AccountByAccount } from '../studies/study.domain';
import type { TenantComparison } from '../tenants/tenant-comparison.domain';

type Band = Evaluation['health']['band'];

/** One account before and after a change of model. */
export interface PlannedAccount {
  readonly accountId: string;
  readonly name: string | null;
  /** Major units; null where no ARR is known. */
  readonly arr: number | null;
  readonly currency: string | null;
  readonly from: { readonly score: number | null; readonly band: Band };
  readonly to: { readonly score: number | null; readonly band: Band };
}

/** An alert that publishing would open, resolve, or give another severity. */
export interface PlannedAlert {
  readonly accountId: string;
  readonly name: string | null;
  readonly signal: string;
  readonly change: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Accounts and ARR that go from one band to another; `from` and `to` may be equal. */
export interface PlannedFlow {
  readonly from: Band;
  readonly to: Band;
  readonly accounts: number;
  readonly arr: Readonly<Record<string, number>>;
}

/** What publishing a model would do, before anybody does it. */
export interface Plan {
  readonly accounts: number;
  /** Accounts whose score would be another number, and by how much on average. */
  readonly moved: number;
  readonly meanChange: number;
  readonly flow: readonly PlannedFlow[];
  /** Accounts that change band, the largest ARR first; at most `listed`. */
  readonly changing: readonly PlannedAccount[];
  readonly alerts: readonly PlannedAlert[];
}

const listed = 500;

/** Adds accounts to a plan, portion by portion. */
export class PlanBuilder extends AccountByAccount {
  private accounts = 0;
  private moved = 0;
  private change = 0;
  private readonly flow = new Map<string, { from: Band; to: Band; accounts: number; arr: Record<string, number> }>();
  private readonly changing: PlannedAccount[] = [];
  private readonly alerts: PlannedAlert[] = [];

  constructor(
    private readonly models: { readonly before: Model; readonly after: Model },
    private readonly comparison: TenantComparison,
    private readonly at: number,
    /** What the tenant set of its signals: the alerts that would open or close are those of today's settings. */
    private readonly parameters: SignalParameters = {},
  ) {
    super();
  }

  /** Judges the account by both models; pure but for what it adds to itself. */
  protected add({ key, state }: AccountState): void {
    const { comparison, parameters, at } = this;
    const standards = { comparison, parameters, preexisting: false };
    const before = evaluate(state, at, { model: this.models.before, ...standards });
    const after = evaluate(state, at, { model: this.models.after, ...standards });
    const account = planned(key.accountId, state.facts.name, before, after);
    this.count(account);
    if (account.from.band !== account.to.band) this.changing.push(account);
    this.alerts.push(...alerts(account, before, after));
  }

  protected finish(): Plan {
    return {
      accounts: this.accounts,
      moved: this.moved,
      meanChange: this.moved === 0 ? 0 : Math.round((100 * this.change) / this.moved) / 100,
      flow: [...this.flow.values()].sort((a, b) => b.accounts - a.accounts),
      changing: this.changing.sort((a, b) => (b.arr ?? 0) - (a.arr ?? 0)).slice(0, listed),
      alerts: this.alerts.slice(0, listed),
    };
  }

  private count({ from, to, arr, currency }: PlannedAccount): void {
    this.accounts += 1;
    if (from.score !== to.score) this.moved += 1;
    if (from.score !== null && to.score !== null) this.change += to.score - from.score;
    const name = `${from.band}>${to.band}`;
    const flow = this.flow.get(name) ?? { from: from.band, to: to.band, accounts: 0, arr: {} };
    flow.accounts += 1;
    if (currency !== null) flow.arr[currency] = (flow.arr[currency] ?? 0) + (arr ?? 0);
    this.flow.set(name, flow);
  }
}

function planned(accountId: string, name: string | null, before: Evaluation, after: Evaluation): PlannedAccount {
  const { arr } = after;
  return {
    accountId,
    name,
    arr: arr === null ? null : fromMinor(arr.minor, arr.currency),
    currency: arr?.currency ?? null,
    from: { score: before.health.score, band: before.health.band },
    to: { score: after.health.score, band: after.health.band },
  };
}

/** Where the two models leave an alert in another state: the rest would have happened anyway. */
function alerts({ accountId, name }: PlannedAccount, before: Evaluation, after: Evaluation): PlannedAlert[] {
  return after.signals.flatMap((outcome, index) => {
    const old = before.signals[index]?.transition.alert;
    const now = outcome.transition.alert;
    const [from, to] = [severityOf(old), severityOf(now)];
    if (from === to) return [];
    const change = from === null ? 'opened' : to === null ? 'resolved' : 'severity';
    return [{ accountId, name, signal: outcome.evaluation.signal, change, from, to }];
  });
}

type HeldAlert = Evaluation['signals'][number]['transition']['alert'];

const severityOf = (alert: HeldAlert | undefined): string | null =>
  alert && alert.status !== 'resolved' ? alert.severity : null;

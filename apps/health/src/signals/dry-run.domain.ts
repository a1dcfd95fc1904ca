import {
  asOf,
  dayFromIso,
  dryRun,
  type Firing,
  isoFromDay,
  lostOn,
  type Period,
  type Share,
  type SignalDefinition,
  type SignalSettings,
  wilson,
} from '@tenure/scoring';

import type { AccountState } from '../history/hot-state.domain';
import { AccountByAccount } from '../studies/study.domain';
import type { TenantComparison } from '../tenants/tenant-comparison.domain';

/** What is to be tried of a signal, over which days (ISO, both included). */
export interface DryRunRequest {
  readonly signal: string;
  readonly settings: SignalSettings;
  readonly from: string;
  readonly to: string;
}

/** What one choice of settings would have done. */
export interface DryRunTotals {
  readonly firings: number;
  readonly accounts: number;
  /** Of the accounts with a firing, those that were lost later (until today). */
  readonly lostLater: Share;
}

export interface DryRunResult {
  readonly proposed: DryRunTotals;
  readonly current: DryRunTotals;
  /** Of all accounts that were looked at, those lost in or after the period: what chance alone would give. */
  readonly everyAccount: Share;
  /** Firings by week; `week` is its Monday. */
  readonly weeks: readonly { readonly week: string; readonly proposed: number; readonly current: number }[];
  /** The accounts with the most firings first, a hundred at most. */
  readonly items: readonly DryRunAccount[];
  /** "would have fired 143 times on 31 accounts, 58 % of them lost later" */
  readonly sentence: string;
}

export interface DryRunAccount {
  readonly accountId: string;
  readonly accountName: string | null;
  readonly proposed: number;
  readonly current: number;
  readonly first: string | null;
  readonly summary: string | null;
  readonly lostOn: string | null;
}

/** A choice of settings while it is being counted. */
class Tally {
  firings = 0;
  accounts = 0;
  lost = 0;
  readonly weeks = new Map<number, number>();

  add(found: readonly Firing[], lost: number | null): void {
    const [first] = found;
    if (!first) return;
    this.firings += found.length;
    this.accounts += 1;
    if (lost !== null && lost > first.day) this.lost += 1;
    for (const { day } of found) this.weeks.set(mondayOf(day), (this.weeks.get(mondayOf(day)) ?? 0) + 1);
  }

  totals(): DryRunTotals {
    const { firings, accounts, lost } = this;
    return { firings, accounts, lostLater: wilson(lost, accounts) };
  }
}

const mostAccounts = 100;
/** Epoch day 4 is a Monday. */
const mondayOf = (day: number): number => day - ((((day - 4) % 7) + 7) % 7);

/** Adds account after account; nothing of an account is kept but its counts. */
export class DryRunWork extends AccountByAccount {
  private readonly proposed = new Tally();
  private readonly current = new Tally();
  private readonly items: DryRunAccount[] = [];
  private readonly period: Period;
  private looked = 0;
  private lost = 0;

  constructor(
    private readonly definition: SignalDefinition,
    private readonly request: DryRunRequest,
    private readonly today: SignalSettings | undefined,
    private readonly comparison: TenantComparison,
    private readonly now: number,
  ) {
    super();
    this.period = { from: dayFromIso(request.from), to: dayFromIso(request.to) };
  }

  protected add({ key, state }: AccountState): void {
    const { history } = state;
    const lost = lostOn(history, asOf(this.now));
    // Who was lost before the period was no customer in it.
    if (lost !== null && lost <= this.period.from) return;
    this.looked += 1;
    if (lost !== null) this.lost += 1;
    const segment = history.profile.at(-1)?.state.segment ?? '';
    const rates = this.comparison.segments.get(segment);
    const run = (settings: SignalSettings | undefined): Firing[] =>
      dryRun(this.definition, history, this.period, settings, rates ? { segment: rates } : {});
    const [proposed, current] = [run(this.request.settings), run(this.today)];
    this.proposed.add(proposed, lost);
    this.current.add(current, lost);
    const first = proposed[0] ?? current[0];
    if (!first) return;
    this.items.push({
      accountId: key.accountId,
      accountName: state.facts.name,
      proposed: proposed.length,
      current: current.length,
      first: isoFromDay(first.day),
      summary: first.summary,
      lostOn: lost === null ? null : isoFromDay(lost),
    });
    if (this.items.length > 4 * mostAccounts) this.shrink();
  }

  protected finish(): DryRunResult {
    this.shrink();
    const [proposed, current] = [this.proposed.totals(), this.current.totals()];
    return {
      proposed,
      current,
      everyAccount: wilson(this.lost, this.looked),
      weeks: this.weeks(),
      items: this.items,
      sentence: sentenceOf(proposed),
    };
  }

  private weeks(): DryRunResult['weeks'] {
    const weeks: { week: string; proposed: number; current: number }[] = [];
    for (let week = mondayOf(this.period.from); week <= this.period.to; week += 7)
      weeks.push({
        week: isoFromDay(week),
        proposed: this.proposed.weeks.get(week) ?? 0,
        current: this.current.weeks.get(week) ?? 0,
      });
    return weeks;
  }

  private shrink(): void {
    this.items.sort((a, b) => b.proposed - a.proposed || b.current - a.current || (a.accountId < b.accountId ? -1 : 1));
    this.items.length = Math.min(this.items.length, mostAccounts);
  }
}

function sentenceOf({ firings, accounts, lostLater }: DryRunTotals): string {
  if (firings === 0) return 'would not have fired';
  const times = firings === 1 ? 'once' : `${firings} times`;
  const where = `${accounts} ${accounts === 1 ? 'account' : 'accounts'}`;
  return `would have fired ${times} on ${where}, ${Math.round((lostLater.share ?? 0) * 100)} % of them lost later`;
}

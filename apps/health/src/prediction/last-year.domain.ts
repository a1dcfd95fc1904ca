import {
  asOf,
  contractTerms,
  DAY_MS,
  dryRun,
  isoFromDay,
  lostOn,
  SIGNALS,
  type SignalName,
  type SignalParameters,
  zonedDay,
} from '@tenure/scoring';

import { arrOf } from '../evaluation/evaluation.domain';
import type { AccountState } from '../history/hot-state.domain';
import { AccountByAccount } from '../studies/study.domain';
import type { TenantComparison } from '../tenants/tenant-comparison.domain';
import { fromMinor } from '@tenure/contracts';

/** An account that was lost within the year, and what would have said so. */
export interface LostAccount {
  readonly accountId: string;
  readonly name: string | null;
  readonly lostOn: string;
  readonly arr: number | null;
  readonly currency: string | null;
  /** The alert that would have been open longest before the decision; null: a surprise. */
  readonly flagged: { readonly signal: string; readonly summary: string; readonly daysAhead: number } | null;
}

/** How the alerts of today would have done over the last twelve months. */
export interface LastYear {
  readonly from: string;
  readonly to: string;
  readonly accounts: number;
  readonly churned: number;
  /** Of those, the ones with an alert 60 days ahead or more. */
  readonly flaggedAhead: number;
  readonly surprises: number;
  /** Accounts that stayed, and of those the ones with an alert at some time. */
  readonly kept: number;
  readonly keptAlerted: number;
  readonly alerts: number;
  readonly csms: number;
  readonly alertsPerCsmAndWeek: number;
  readonly lost: readonly LostAccount[];
  readonly signals: readonly {
    readonly signal: string;
    readonly alerts: number;
    readonly accounts: number;
    readonly lost: number;
  }[];
  readonly sentence: string;
}

const year = 365;
const ahead = 60;
const listed = 200;

interface Opened {
  readonly signal: SignalName;
  readonly summary: string;
  readonly day: number;
  readonly until: number | null;
}

/** Plays today's signals over the last year of every account; what was true before it began does not count. */
export class LastYearWork extends AccountByAccount {
  private accounts = 0;
  private kept = 0;
  private keptAlerted = 0;
  private alerts = 0;
  private readonly csms = new Set<string>();
  private readonly lost: LostAccount[] = [];
  private readonly signals = new Map<SignalName, { alerts: number; accounts: number; lost: number }>();

  constructor(
    private readonly parameters: SignalParameters,
    private readonly comparison: TenantComparison,
    private readonly now: number,
  ) {
    super();
  }

  protected add(account: AccountState): void {
    const { history, facts } = account.state;
    const today = zonedDay(this.now, history.timeZone);
    const gone = lostOn(history, asOf(this.now));
    if (gone !== null && gone <= today - year) return;
    this.accounts += 1;
    if (facts.owner?.email) this.csms.add(facts.owner.email);
    const opened = this.opened(account, today);
    this.alerts += opened.length;
    this.count(opened, gone !== null);
    if (gone !== null) this.lost.push(lostAccount(account, gone, opened));
    else {
      this.kept += 1;
      if (opened.length > 0) this.keptAlerted += 1;
    }
  }

  protected finish(): LastYear {
    const flaggedAhead = this.lost.filter(({ flagged }) => (flagged?.daysAhead ?? 0) >= ahead).length;
    const surprises = this.lost.filter(({ flagged }) => flagged === null).length;
    const csms = Math.max(1, this.csms.size);
    const perWeek = Math.round((10 * this.alerts) / csms / (year / 7)) / 10;
    const today = Math.floor(this.now / DAY_MS);
    return {
      from: isoFromDay(today - year),
      to: isoFromDay(today),
      accounts: this.accounts,
      churned: this.lost.length,
      ...{ flaggedAhead, surprises, kept: this.kept, keptAlerted: this.keptAlerted, alerts: this.alerts },
      csms: this.csms.size,
      alertsPerCsmAndWeek: perWeek,
      lost: this.lost.toSorted((a, b) => (b.arr ?? 0) - (a.arr ?? 0)).slice(0, listed),
      signals: [...this.signals].map(([signal, counts]) => ({ signal, ...counts })).sort((a, b) => b.alerts - a.alerts),
      sentence: sentenceOf(this.lost.length, flaggedAhead, surprises, perWeek),
    };
  }

  /** Standing marks are nobody's alert; notice given is no warning any more. */
  private opened({ state: { history } }: AccountState, today: number): Opened[] {
    const period = { from: today - year, to: today - 1 };
    const rates = this.comparison.segments.get(history.profile.at(-1)?.state.segment ?? '');
    const context = rates ? { segment: rates } : {};
    return SIGNALS.filter(({ standing, name }) => standing !== true && name !== 'notice-given').flatMap((definition) =>
      dryRun(definition, history, period, this.parameters[definition.name], context).map((firing) => ({
        ...firing,
        signal: definition.name,
      })),
    );
  }

  private count(opened: readonly Opened[], lost: boolean): void {
    for (const [signal, own] of Map.groupBy(opened, (one) => one.signal)) {
      const counts = this.signals.get(signal) ?? { alerts: 0, accounts: 0, lost: 0 };
      counts.alerts += own.length;
      counts.accounts += 1;
      if (lost) counts.lost += 1;
      this.signals.set(signal, counts);
    }
  }
}

/** Days ahead are counted to the decision, which falls before the end where a contract renews by itself. */
function lostAccount({ key, state }: AccountState, gone: number, opened: readonly Opened[]): LostAccount {
  const { history, facts } = state;
  const before = contractTerms(history, asOf((gone - ahead) * DAY_MS));
  const decision = Math.min(gone, before.decisionDate ?? gone);
  const open = opened.filter(({ day, until }) => day < decision && (until === null || until >= decision - 14));
  const [first] = open.toSorted((a, b) => a.day - b.day);
  const arr = arrOf(before);
  return {
    accountId: key.accountId,
    name: facts.name,
    lostOn: isoFromDay(gone),
    arr: arr === null ? null : fromMinor(arr.minor, arr.currency),
    currency: arr?.currency ?? null,
    flagged: first ? { signal: first.signal, summary: first.summary, daysAhead: decision - first.day } : null,
  };
}

function sentenceOf(churned: number, flagged: number, surprises: number, perWeek: number): string {
  if (churned === 0) return `Nobody was lost in the last twelve months; ${perWeek} alerts per CSM and week.`;
  return (
    `${churned} customers were lost in the last twelve months: ${flagged} had an alert 60 days ahead or more, ` +
    `${surprises} were surprises, at ${perWeek} alerts per CSM and week.`
  );
}

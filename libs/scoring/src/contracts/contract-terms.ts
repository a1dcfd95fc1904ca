import type { AccountHistory } from '../history/account-history';
import { stateAt, statesAt, type AsOf } from '../history/as-of';
import type { ContractLine, ContractState } from '../history/entities';
import { addMonths, type EpochDay } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import type { ContractTerms } from './terms';

/** The part of a history that terms are read from; an `AccountHistory` fits. */
export type ContractHistory = Pick<AccountHistory, 'timeZone' | 'contracts' | 'profile'>;

/** Days for which an ended, unsigned contract keeps its ARR. */
const GRACE_DAYS = 60;
const SEAT_METRICS: readonly string[] = [
  'seat',
  'seats',
  'user',
  'users',
  'licence',
  'licences',
  'license',
  'licenses',
];

interface Standing {
  readonly id: string;
  readonly state: ContractState;
  /** Last day in force; Infinity for an evergreen one. */
  readonly end: EpochDay;
  readonly decision: EpochDay | null;
  readonly noticeDay: EpochDay | null;
  readonly inForce: boolean;
  readonly daysOverdue: number;
}

/** Contracts in force, ARR, decision date, notice and overdue ends at a standpoint. */
export function contractTerms(history: ContractHistory, when: AsOf): ContractTerms {
  const today = zonedDay(when.at, history.timeZone);
  const standing = standings(history, when, today);
  const counted = standing.filter((one) => one.inForce || one.daysOverdue > 0);
  const next = nextDecision(standing, today);
  const decisionDate = next?.decision ?? null;
  const lines = counted.flatMap((one) =>
    linesInForce(one, today).map((line) => ({ line, currency: one.state.currency })),
  );
  return {
    ...annualRevenue(history, when, lines, standing.length > 0),
    decisionDate,
    daysToDecision: decisionDate === null ? null : decisionDate - today,
    nextEnd: next?.end ?? null,
    nextContractId: next?.id ?? null,
    autoRenew: next?.state.autoRenew === true && next.noticeDay === null,
    notice: firstNotice(counted),
    overdue: counted
      .filter((one) => one.daysOverdue > 0)
      .map(({ id, end, daysOverdue }) => ({ contractId: id, end, daysOverdue })),
    seats: seatsOf(lines.map(({ line }) => line)),
    inForce: counted.filter((one) => one.inForce).map((one) => one.id),
  };
}

function standings(history: ContractHistory, when: AsOf, today: EpochDay): Standing[] {
  const contracts = statesAt(history.contracts, when).filter(({ state }) => state.status !== 'draft');
  const replaced = successorStarts(contracts.map(({ state }) => state));
  return contracts.map(({ id, at, state }) => {
    const changedDay = zonedDay(at, history.timeZone);
    const noticeDay = noticeDayOf(state, history.timeZone, changedDay);
    const ownEnd = lastDay(state, noticeDay !== null, changedDay, today);
    const end = Math.min(ownEnd, (replaced.get(id) ?? Infinity) - 1);
    const closed = state.status === 'ended' || state.status === 'cancelled' || noticeDay !== null || replaced.has(id);
    const late = !closed && end < today ? today - end : 0;
    const undecided = (!closed || noticeDay !== null) && Number.isFinite(end) && !replaced.has(id);
    return {
      id,
      state,
      end,
      decision: undecided ? decisionOf(state, end, noticeDay !== null) : null,
      noticeDay,
      inForce: state.start <= today && today <= end,
      daysOverdue: late <= GRACE_DAYS ? late : 0,
    };
  });
}

/**
 * When what replaces a contract begins: from that day only the successor counts, also where the old one was to run longer,
 * and also after the successor has ended in turn.
 */
function successorStarts(signed: readonly ContractState[]): Map<string, EpochDay> {
  const starts = new Map<string, EpochDay>();
  for (const { start, replacesContractIds = [] } of signed)
    for (const id of replacesContractIds) starts.set(id, Math.min(start, starts.get(id) ?? Infinity));
  return starts;
}

function noticeDayOf(state: ContractState, timeZone: string, changedDay: EpochDay): EpochDay | null {
  if (state.noticeGivenAt !== undefined) return zonedDay(state.noticeGivenAt, timeZone);
  return state.status === 'notice-given' ? changedDay : null;
}

/** The last day in force; a contract that renews by itself rolls on by its own term once its decision date has passed. */
function lastDay(state: ContractState, noticed: boolean, changedDay: EpochDay, today: EpochDay): EpochDay {
  if (state.status === 'cancelled')
    return Math.min(state.evergreen ? Infinity : state.end, (state.effectiveDay ?? changedDay) - 1);
  if (state.evergreen && state.status === 'active' && !noticed) return Infinity;
  if (!state.autoRenew || noticed || state.status !== 'active') return state.end;
  const months = Math.max(1, Math.round((state.end + 1 - state.start) / 30.4375));
  let end = state.end;
  for (let term = 2; end - (state.noticeDays ?? 0) < today && term < 1_000; term++)
    end = addMonths(state.start, months * term) - 1;
  return end;
}

function decisionOf(state: ContractState, end: EpochDay, noticed: boolean): EpochDay {
  return state.autoRenew && !noticed ? end - (state.noticeDays ?? 0) : end;
}

function nextDecision(standing: readonly Standing[], today: EpochDay): Standing | null {
  const open = standing.filter((one) => one.decision !== null && (one.end >= today || one.daysOverdue > 0));
  const begun = open.filter((one) => one.state.start <= today);
  const pool = begun.length > 0 ? begun : open;
  return [...pool].sort((a, b) => (a.decision ?? 0) - (b.decision ?? 0) || (a.id < b.id ? -1 : 1))[0] ?? null;
}

/** A line without an end of its own, or with the contract's, lasts as long as the contract does. */
function linesInForce({ state, end, daysOverdue }: Standing, today: EpochDay): ContractLine[] {
  return state.lines.filter((line) => {
    const last = line.end === undefined || line.end >= state.end ? end + daysOverdue : line.end;
    return (line.start ?? state.start) <= today && today <= last;
  });
}

function annualRevenue(
  history: ContractHistory,
  when: AsOf,
  lines: readonly { line: ContractLine; currency: string }[],
  hasContracts: boolean,
): Pick<ContractTerms, 'arrByCurrency' | 'arrSource'> {
  const arrByCurrency: Record<string, number> = {};
  for (const { line, currency } of lines)
    if (line.kind === 'recurring') arrByCurrency[currency] = (arrByCurrency[currency] ?? 0) + line.arrMinor;
  if (hasContracts) return { arrByCurrency, arrSource: 'contracts' };
  const profile = stateAt(history.profile, when);
  if (profile?.arrMinor === undefined || profile.currency === undefined) return { arrByCurrency, arrSource: 'none' };
  return { arrByCurrency: { [profile.currency]: profile.arrMinor }, arrSource: 'profile' };
}

function seatsOf(lines: readonly ContractLine[]): number | null {
  const seats = lines.filter(
    (line) => line.kind === 'recurring' && SEAT_METRICS.includes(line.metric?.toLowerCase() ?? ''),
  );
  return seats.length > 0 ? seats.reduce((sum, line) => sum + (line.quantity ?? 0), 0) : null;
}

function firstNotice(counted: readonly Standing[]): ContractTerms['notice'] {
  const noticed = counted.filter((one) => one.noticeDay !== null).sort((a, b) => a.end - b.end)[0];
  if (!noticed || noticed.noticeDay === null) return null;
  return { contractId: noticed.id, day: noticed.noticeDay, end: noticed.end, reason: noticed.state.reason ?? null };
}

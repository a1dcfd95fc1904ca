import type { AccountHistory } from '../history/account-history';
import { stateAt, type AsOf } from '../history/as-of';
import type { SignalEvaluation, SignalName } from '../signals/signal';
import { DAY_MS, isoFromDay, type Instant } from '../time/day';
import { zonedDay } from '../time/zoned-day';

/** An incident of our own that touches the account. */
export interface TouchingIncident {
  readonly id: string;
  readonly startedAt: Instant;
  /** Null: it goes on. */
  readonly endedAt: Instant | null;
}

/** What may stand behind an alert of several accounts at once. */
export interface Cause {
  /** `incident:<id>`, `ticket:<tag>`, `person:<e-mail>` or `usage:<signal>:<day>`; at most 200 characters. */
  readonly id: string;
  /** From so many alerts on it is a cause that they share; one alone proves it for an incident or a marked ticket. */
  readonly sharedFrom: number;
}

/** What an incident leaves behind shows up to two weeks later: signals of usage and tickets wait while it lasts. */
const AFTERMATH_MS = 14 * DAY_MS;
const TOUCHED: readonly SignalName[] = [
  ...(['usage-decline', 'login-decline', 'key-feature-drop', 'silence'] as const),
  ...(['ticket-spike', 'ticket-ageing', 'escalation-open', 'negative-sentiment'] as const),
];
const TICKETS: readonly SignalName[] = ['ticket-spike', 'ticket-ageing', 'escalation-open'];
const USAGE: readonly SignalName[] = ['usage-decline', 'login-decline', 'key-feature-drop', 'silence'];
const PEOPLE: readonly SignalName[] = ['champion-left', 'stakeholder-change'];
/** Tags that name the one problem behind many tickets, as support tools write them. */
const CAUSE_TAG = /^(?:problem|cause|incident)[:_-]/i;
const MANY_ACCOUNTS = 5;

/**
 * The cause that an alert which opens now may share with others: an incident of our own; a problem that its tickets are
 * tagged with; a person who matters to several accounts; else, for usage, that many fall on the same day, as when tracking
 * broke. Null: nothing of the kind.
 */
export function causeOf(
  evaluation: Pick<SignalEvaluation, 'signal' | 'evidence' | 'since'>,
  history: AccountHistory,
  when: AsOf,
  incidents: readonly TouchingIncident[],
): Cause | null {
  const { signal } = evaluation;
  const incident = TOUCHED.includes(signal) ? touching(incidents, when.at) : undefined;
  if (incident) return { id: named('incident', incident.id), sharedFrom: 1 };
  const ids = evaluation.evidence.flatMap((one) => one.ids);
  if (TICKETS.includes(signal)) return tagged(history, when, ids);
  if (PEOPLE.includes(signal)) return person(history, when, ids);
  if (!USAGE.includes(signal)) return null;
  return { id: named('usage', `${signal}:${isoFromDay(zonedDay(when.at, 'UTC'))}`), sharedFrom: MANY_ACCOUNTS };
}

const named = (kind: string, name: string): string => `${kind}:${name.trim()}`.slice(0, 200).trimEnd();

function touching(incidents: readonly TouchingIncident[], at: Instant): TouchingIncident | undefined {
  return incidents
    .filter(({ startedAt, endedAt }) => startedAt <= at && (endedAt === null || at < endedAt + AFTERMATH_MS))
    .reduce<TouchingIncident | undefined>((a, b) => (a && a.startedAt >= b.startedAt ? a : b), undefined);
}

/** The tag that at least half of the tickets share. */
function tagged({ tickets }: AccountHistory, when: AsOf, ids: readonly string[]): Cause | null {
  const counts = new Map<string, number>();
  const wanted = new Set(ids);
  for (const { id, states } of tickets) {
    if (!wanted.has(id)) continue;
    for (const tag of stateAt(states, when)?.tags ?? [])
      if (CAUSE_TAG.test(tag)) counts.set(tag.toLowerCase(), (counts.get(tag.toLowerCase()) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return most && 2 * most[1] >= wanted.size ? { id: named('ticket', most[0]), sharedFrom: 1 } : null;
}

function person({ stakeholders }: AccountHistory, when: AsOf, [id]: readonly string[]): Cause | null {
  const found = stakeholders.find((one) => one.id === id);
  const email = found && stateAt(found.states, when)?.email?.toLowerCase();
  return email ? { id: named('person', email), sharedFrom: 2 } : null;
}

import { severities, standingSignals, type AlertChange, type RiskAlert } from '@tenure/contracts';
import type { Destination } from '../destinations/destination.domain';

/** One change of an alert, as far as routing needs it. */
export interface AlertEvent {
  readonly tenantId: string;
  readonly eventId: string;
  readonly alert: RiskAlert;
}

/** An alert that a destination gets. `queued` is false where it is only kept, for a later retry by hand. */
export interface Routed {
  readonly destination: Destination;
  readonly event: AlertEvent;
  readonly queued: boolean;
}

/** People are told when something begins, gets worse and ends; every other change is for machines. */
const changesForPeople: readonly AlertChange[] = ['opened', 'escalated', 'resolved'];

/** Names what a destination was told of: a pair of destination and alert. */
export const toldKey = (destinationId: string, alertId: string): string => `${destinationId}\n${alertId}`;

/**
 * Which destination gets which change, in the order of the events. A destination that was told of an alert hears how it
 * goes on, even below its least severity: who was told that it began must be told that it ended.
 * @param told pairs (`toldKey`) that were routed before this batch
 */
export function route(
  events: readonly AlertEvent[],
  destinations: readonly Destination[],
  told: ReadonlySet<string>,
): Routed[] {
  const known = new Set(told);
  return events.flatMap((event) =>
    destinations
      .filter((destination) => destination.tenantId === event.tenantId && wants(destination, event.alert, known))
      .map((destination) => {
        known.add(toldKey(destination.destinationId, event.alert.alertId));
        return { destination, event, queued: destination.state !== 'disabled' };
      }),
  );
}

function wants(destination: Destination, alert: RiskAlert, told: ReadonlySet<string>): boolean {
  if (!takesNow(destination) || !takesChange(destination, alert.change)) return false;
  if (told.has(toldKey(destination.destinationId, alert.alertId))) return true;
  return isNews(alert) && matchesFilters(destination, alert);
}

/** A machine catches up after a pause or a repair; a chat that is flooded with what is long over helps nobody. */
function takesNow({ kind, state }: Destination): boolean {
  return state === 'active' || kind === 'webhook';
}

function takesChange({ kind }: Destination, change: AlertChange): boolean {
  return kind === 'webhook' || changesForPeople.includes(change);
}

/** What was already true at go-live is listed for triage, not pushed, until it gets worse; a standing mark never is. */
function isNews(alert: RiskAlert): boolean {
  if (standingSignals.includes(alert.signal)) return false;
  return !alert.preexisting || alert.change === 'escalated';
}

function matchesFilters(destination: Destination, alert: RiskAlert): boolean {
  const { signals, minSeverity, ownerOnly, ownerEmail } = destination;
  if (signals && !signals.includes(alert.signal)) return false;
  if (minSeverity && severities.indexOf(alert.severity) < severities.indexOf(minSeverity)) return false;
  return !ownerOnly || sameAddress(ownerEmail, alert.owner?.email ?? null);
}

function sameAddress(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.toLowerCase() === other.toLowerCase();
}

/** What a message tells of several alerts at once: the other accounts, by name. */
export interface GroupedAlert extends RiskAlert {
  readonly groupedWith?: readonly string[];
}

/** Alerts of one cause that one destination is told of together. `lead` is the first of them. */
export interface CauseGroup {
  readonly causeId: string;
  readonly lead: Routed;
  readonly others: readonly Routed[];
}

export interface Sorted {
  readonly alone: readonly Routed[];
  readonly groups: readonly CauseGroup[];
}

/**
 * Takes apart what people are told one by one and what begins for one cause: of that they get one message. Machines get
 * every event, and so does whoever hears how something goes on.
 */
export function byCause(routed: readonly Routed[]): Sorted {
  const isGrouped = ({ destination, event: { alert } }: Routed): boolean =>
    destination.kind !== 'webhook' && alert.change === 'opened' && alert.causeId !== null;
  const grouped = Map.groupBy(
    routed.filter(isGrouped),
    ({ destination, event }) => `${destination.destinationId}\n${event.alert.causeId}`,
  );
  return {
    alone: routed.filter((each) => !isGrouped(each)),
    groups: [...grouped.values()].flatMap(([lead, ...others]) =>
      lead ? [{ causeId: lead.event.alert.causeId ?? '', lead, others }] : [],
    ),
  };
}

/** How a member of a group is called in its message. */
export const memberName = ({ event: { alert } }: Routed): string => alert.accountName ?? alert.accountId;

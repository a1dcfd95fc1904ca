import { viewOf } from '../features/standpoint';
import type { AccountHistory } from '../history/account-history';
import { stateAt, type AsOf } from '../history/as-of';
import { inputStatus, type InputStatus } from '../history/inputs';
import type { Instant } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import { SIGNALS } from './registry';
import { effectiveSettings, settingsFor } from './settings';
import type {
  ParameterValues,
  SignalContext,
  SignalDefinition,
  SignalEvaluation,
  SignalMemory,
  SignalName,
  SignalParameters,
  SignalSettings,
  Verdict,
  WhyNot,
} from './signal';

export type PreviousSignals = Readonly<Partial<Record<SignalName, SignalMemory>>>;

/** Every signal with its own parameters. One object, because what follows from settings is kept by it. */
const DEFAULTS: SignalParameters = {};

/** How soon a frozen signal is looked at again. */
const RECHECK_MS = 3_600_000;

/**
 * Every signal of the catalogue for one account. Store each result's `SignalMemory` fields and give them back next time.
 * A stale input or an incident of our own freezes a signal: what it held before, it holds.
 */
export function evaluateSignals(
  history: AccountHistory,
  asOf: AsOf,
  context: SignalContext = {},
  previous: PreviousSignals = {},
  parameters: SignalParameters = DEFAULTS,
): SignalEvaluation[] {
  const customer = isCustomer(history, asOf);
  const settings = settingsFor(parameters, stateAt(history.profile, asOf)?.segment ?? '');
  return SIGNALS.map((definition, i) => {
    const before = previous[definition.name] ?? null;
    const { off, values } = settings[i] ?? { off: true, values: {} };
    const why = off ? 'off' : customer ? whyNot(definition, history, asOf, context) : 'not-a-customer';
    if (why !== null) return notAssessable(definition, before, why, asOf.at);
    const lacks = definition.requires?.(history, asOf) ?? null;
    if (lacks !== null) return notAssessable(definition, before, 'never', asOf.at, lacks);
    return assessed(definition, history, asOf, context, before, values);
  });
}

/** One signal as with `evaluateSignals`: what a dry run asks, day by day. */
export function evaluateSignal(
  definition: SignalDefinition,
  history: AccountHistory,
  asOf: AsOf,
  context: SignalContext,
  before: SignalMemory | null,
  settings: SignalSettings | undefined,
): SignalEvaluation {
  const segment = stateAt(history.profile, asOf)?.segment ?? '';
  const { off, values } = effectiveSettings(definition, settings, segment);
  const why = off ? 'off' : isCustomer(history, asOf) ? whyNot(definition, history, asOf, context) : 'not-a-customer';
  if (why !== null) return notAssessable(definition, before, why, asOf.at);
  const lacks = definition.requires?.(history, asOf) ?? null;
  if (lacks !== null) return notAssessable(definition, before, 'never', asOf.at, lacks);
  return assessed(definition, history, asOf, context, before, values);
}

/** The earliest instant at which the clock alone could change any of these; null: none. */
export function earliestDue(evaluations: readonly { readonly nextDueAt: Instant | null }[]): Instant | null {
  const due = evaluations.flatMap((one) => (one.nextDueAt === null ? [] : [one.nextDueAt]));
  return due.length > 0 ? Math.min(...due) : null;
}

/** Whether there is a customer to lose: by kind and stage, and with contracts only while one runs or is being decided. */
function isCustomer(history: AccountHistory, asOf: AsOf): boolean {
  const profile = stateAt(history.profile, asOf);
  if ((profile?.kind ?? 'customer') !== 'customer' || profile?.stage === 'churned') return false;
  const { arrSource, inForce, overdue, decisionDate } = viewOf(history, asOf).terms;
  return arrSource !== 'contracts' || inForce.length > 0 || overdue.length > 0 || decisionDate !== null;
}

function whyNot(
  definition: SignalDefinition,
  history: AccountHistory,
  asOf: AsOf,
  context: SignalContext,
): WhyNot | null {
  const status = statusOf(definition, history, asOf);
  if (status !== 'live') return status;
  return definition.waitsOnIncident && context.incidentOpen === true ? 'incident' : null;
}

function statusOf({ inputs, needs }: SignalDefinition, history: AccountHistory, asOf: AsOf): InputStatus {
  const all = inputs.map((kind) => inputStatus(history.inputs, kind, asOf.at));
  const order: readonly InputStatus[] = needs === 'all' ? ['never', 'stale', 'live'] : ['live', 'stale', 'never'];
  return order.find((status) => all.includes(status)) ?? 'live';
}

function assessed(
  definition: SignalDefinition,
  history: AccountHistory,
  asOf: AsOf,
  context: SignalContext,
  before: SignalMemory | null,
  parameters: ParameterValues,
): SignalEvaluation {
  const today = zonedDay(asOf.at, history.timeZone);
  const held = before?.held ?? false;
  const since = held ? (before?.since ?? null) : null;
  const verdict = definition.assess({ history, asOf, today, context, held, since, parameters });
  return { ...frame(definition, before, verdict.holds ? 'holds' : 'clear', asOf.at), ...shown(verdict), why: null };
}

function shown(verdict: Verdict) {
  const { holds, since, summary, reason, evidence, due, severityStep = 0 } = verdict;
  return { held: holds, since, summary, reason, evidence, nextDueAt: due, severityStep };
}

const REASONS: Readonly<Record<WhyNot, string>> = {
  never: 'Not assessable: no source of what it rests on is connected.',
  stale: 'Not assessable: its source has not delivered within its usual gap.',
  incident: 'Waits: an incident of our own touches this account.',
  off: 'Switched off.',
  'not-a-customer': 'Not assessed: the account is no customer.',
};

function notAssessable(
  definition: SignalDefinition,
  before: SignalMemory | null,
  why: WhyNot,
  at: Instant,
  reason: string = REASONS[why],
): SignalEvaluation {
  const frozen = why === 'stale' || why === 'incident';
  return {
    ...frame(definition, before, 'not-assessable', at),
    held: frozen && (before?.held ?? false),
    since: frozen ? (before?.since ?? null) : null,
    summary: definition.title,
    reason,
    evidence: [],
    nextDueAt: frozen ? at + RECHECK_MS : null,
    severityStep: 0,
    why,
  };
}

function frame(
  definition: SignalDefinition,
  before: SignalMemory | null,
  state: SignalEvaluation['state'],
  at: Instant,
) {
  return {
    signal: definition.name,
    signalVersion: definition.version,
    baseSeverity: definition.baseSeverity,
    clearAfterMs: definition.clearAfterHours * 3_600_000,
    state,
    stateSince: before?.state === state ? before.stateSince : at,
  };
}

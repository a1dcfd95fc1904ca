import {
  type AccountHistory,
  type AlertState,
  alertTransition,
  asOf,
  dayStart,
  evaluateSignal,
  type Inputs,
  type SignalDefinition,
  type SignalMemory,
  signalNamed,
  type SignalName,
} from '@tenure/scoring';
import type { Day } from '../world/calendar.domain';

/** An alert as a CSM would have got it. */
export interface Opened {
  readonly signal: SignalName;
  readonly day: Day;
  readonly summary: string;
}

/** The signals that claim a decline; the others of the catalogue state facts of papers, plans and dates. */
export const claims = [
  'usage-decline',
  'key-feature-drop',
  'silence',
  'champion-left',
  'engagement-drop',
  'ticket-spike',
  'ticket-ageing',
  'escalation-open',
  'negative-sentiment',
] as const satisfies readonly SignalName[];

interface Watched {
  readonly definition: SignalDefinition;
  memory: SignalMemory | null;
  alert: AlertState | null;
}

const graded = { severity: 'medium', reason: '' } as const;

/**
 * Every day from … to is judged with what was known then and what was connected then, by the functions that judge live. What holds
 * on the first day is there already and opens nothing.
 */
export function* watch(
  history: AccountHistory,
  period: { readonly from: Day; readonly to: Day },
  inputsOn: (day: Day) => Inputs,
  names: readonly SignalName[] = claims,
): Generator<Opened> {
  const watched: Watched[] = names.flatMap((name) => {
    const definition = signalNamed(name);
    return definition ? [{ definition, memory: null, alert: null }] : [];
  });
  for (let day = period.from; day <= period.to; day += 1) {
    const at = dayStart(day + 1, history.timeZone) - 1;
    const seen = { ...history, inputs: inputsOn(day) };
    for (const one of watched) {
      const evaluation = evaluateSignal(one.definition, seen, asOf(at), {}, one.memory, undefined);
      const { change, alert } = alertTransition(one.alert, evaluation, graded, at);
      one.memory = evaluation;
      one.alert = alert;
      if (change === 'opened' && day > period.from)
        yield { signal: evaluation.signal, day, summary: evaluation.summary };
    }
  }
}

import type { Instant } from '../time/day';
import type { AlertChange, AlertCommand, AlertState, CommandResult } from './alert';
import { factsOf } from './alert-transition';

/** What a person does to an alert; impossible ones come back as an error, never as an exception. */
export function alertCommand(alert: AlertState, command: AlertCommand, now: Instant): CommandResult {
  if (alert.status === 'resolved' && command.kind !== 'reopen') return conflict('The alert is resolved already.');
  switch (command.kind) {
    case 'acknowledge':
      if (alert.status === 'acknowledged') return conflict(`${alert.acknowledgedBy} acknowledged it already.`);
      return done('acknowledged', { ...factsOf(alert), status: 'acknowledged', acknowledgedBy: command.by }, now);
    case 'snooze':
      return snooze(alert, command, now);
    case 'resolve': {
      const { reason, by, note } = command;
      // What a person resolves while it holds must be seen clear once before it may open again.
      const facts = { ...factsOf(alert), clearSince: null };
      return done('resolved', { ...facts, status: 'resolved', resolution: { reason, by, note }, resolvedAt: now }, now);
    }
    case 'reopen':
      if (alert.status === 'open') return conflict('The alert is open already.');
      return done('opened', { ...factsOf(alert), status: 'open', clearSince: null, lowerSince: null }, now);
  }
}

function snooze(alert: AlertState, command: Extract<AlertCommand, { kind: 'snooze' }>, now: Instant): CommandResult {
  const { until, untilWorse, by } = command;
  if (until === null && !untilWorse) return invalid('Say until when, or until it gets worse.');
  if (until !== null && until <= now) return invalid('The end of a snooze must lie ahead.');
  return done('snoozed', { ...factsOf(alert), status: 'snoozed', snooze: { until, untilWorse, by } }, now);
}

function done(change: AlertChange, alert: AlertState, now: Instant): CommandResult {
  return { ok: true, change, alert: { ...alert, version: alert.version + 1, updatedAt: now } };
}

const conflict = (detail: string): CommandResult => ({ ok: false, code: 'conflict', detail });
const invalid = (detail: string): CommandResult => ({ ok: false, code: 'invalid', detail });

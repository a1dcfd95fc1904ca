import fc from 'fast-check';
import type { Severity, SignalEvaluation } from '../signals/signal';
import { alertCommand } from './alert-command';
import {
  DEFAULT_ALERT_TIMING,
  type AlertChange,
  type AlertCommand,
  type AlertState,
  type AlertTransition,
} from './alert';
import { alertTransition } from './alert-transition';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function evaluation(state: SignalEvaluation['state'], rest: Partial<SignalEvaluation> = {}): SignalEvaluation {
  return {
    signal: 'usage-decline',
    signalVersion: 1,
    state,
    held: state === 'holds',
    since: state === 'holds' ? 0 : null,
    stateSince: 0,
    evidence: [],
    summary: '',
    reason: '',
    why: null,
    baseSeverity: 'medium',
    severityStep: 0,
    clearAfterMs: DAY,
    nextDueAt: null,
    ...rest,
  };
}

const holds = evaluation('holds');
const clear = evaluation('clear');

function step(
  alert: AlertState | null,
  one: SignalEvaluation,
  now: number,
  level: Severity = 'medium',
): AlertTransition {
  return alertTransition(alert, one, { severity: level, reason: level }, now);
}

function commanded(alert: AlertState | null, command: AlertCommand, now: number): AlertState {
  const result = alert && alertCommand(alert, command, now);
  if (!result?.ok) throw new Error('the command was refused');
  return result.alert;
}

const open = step(null, holds, 0).alert;
const ann = 'ann';

describe('alertTransition', () => {
  it('opens once and then stays', () => {
    expect(step(null, clear, 0)).toMatchObject({ change: 'unchanged', alert: null });
    expect(step(null, holds, 0)).toMatchObject({
      change: 'opened',
      fresh: true,
      alert: { status: 'open', version: 1 },
    });
    expect(step(open, holds, HOUR)).toMatchObject({ change: 'unchanged', alert: { version: 1 } });
  });

  it('resolves only after it has been clear for long enough, and says when that is', () => {
    const first = step(open, clear, HOUR);
    expect(first).toMatchObject({ change: 'unchanged', nextDueAt: HOUR + DAY });
    expect(step(first.alert, clear, HOUR + DAY)).toMatchObject({
      change: 'resolved',
      alert: { status: 'resolved', resolution: { reason: 'cleared' } },
    });
  });

  it('opens one alert for a hundred crossings of the threshold in a day', () => {
    const changes: AlertChange[] = [];
    let alert: AlertState | null = null;
    for (let i = 0; i < 200; i++) {
      const result = step(alert, i % 2 === 0 ? holds : evaluation('clear', { clearAfterMs: 0 }), i * 432_000);
      if (result.change !== 'unchanged') changes.push(result.change);
      alert = result.alert;
    }
    expect(changes).toEqual(['opened', 'resolved']);
  });

  it('opens a fresh one after the cool-off', () => {
    const gone = step(step(open, clear, 0).alert, clear, DAY).alert;
    const soon = step(gone, holds, 2 * DAY);
    expect(soon).toMatchObject({ change: 'unchanged', nextDueAt: DAY + DEFAULT_ALERT_TIMING.coolOffMs });
    expect(step(soon.alert, holds, 4 * DAY)).toMatchObject({ change: 'opened', fresh: true });
  });

  it('escalates at once, de-escalates after a day of lower severity', () => {
    const up = step(open, holds, HOUR, 'high');
    expect(up).toMatchObject({ change: 'escalated', alert: { severity: 'high', version: 2 } });
    const down = step(up.alert, holds, 2 * HOUR, 'low');
    expect(down).toMatchObject({ change: 'unchanged', nextDueAt: 2 * HOUR + DAY });
    expect(step(down.alert, holds, 2 * HOUR + DAY, 'low')).toMatchObject({
      change: 'de-escalated',
      alert: { severity: 'low' },
    });
  });

  it('freezes with a stale input, then resolves as stale', () => {
    const stale = evaluation('not-assessable', { why: 'stale', held: true, stateSince: 0 });
    expect(step(open, stale, DAY).change).toBe('unchanged');
    expect(step(open, stale, 30 * DAY)).toMatchObject({
      change: 'resolved',
      alert: { resolution: { reason: 'input-stale' } },
    });
  });

  it('ends when the input was disconnected, waits during an incident', () => {
    expect(step(open, evaluation('not-assessable', { why: 'never' }), DAY).change).toBe('resolved');
    expect(step(open, evaluation('not-assessable', { why: 'incident' }), DAY).change).toBe('unchanged');
  });

  it('comes back when the snooze is over, not before', () => {
    const asleep = commanded(open, { kind: 'snooze', by: ann, until: DAY, untilWorse: false }, 0);
    expect(step(asleep, holds, HOUR)).toMatchObject({ change: 'unchanged', nextDueAt: DAY });
    expect(step(asleep, holds, DAY)).toMatchObject({ change: 'opened', fresh: false, alert: { status: 'open' } });
  });

  it('comes back when it gets worse, if that was asked for', () => {
    const until = (untilWorse: boolean) => commanded(open, { kind: 'snooze', by: ann, until: DAY, untilWorse }, 0);
    expect(step(until(true), holds, HOUR, 'high')).toMatchObject({ change: 'escalated', alert: { status: 'open' } });
    expect(step(until(false), holds, HOUR, 'high')).toMatchObject({
      change: 'escalated',
      alert: { status: 'snoozed' },
    });
  });

  it('does not reopen what a person resolved until it was clear once or got worse', () => {
    const resolve = (reason: 'manual' | 'false-alarm') =>
      commanded(open, { kind: 'resolve', by: ann, reason, note: null }, 0);
    expect(step(resolve('manual'), holds, 10 * DAY).change).toBe('unchanged');
    expect(step(resolve('manual'), holds, 10 * DAY, 'high').change).toBe('opened');
    expect(step(resolve('false-alarm'), holds, 10 * DAY, 'high').change).toBe('unchanged');
    expect(step(step(resolve('manual'), clear, DAY).alert, holds, 10 * DAY).change).toBe('opened');
  });
});

describe('alertCommand', () => {
  const resolve: AlertCommand = { kind: 'resolve', by: ann, reason: 'manual', note: 'called them' };
  const acknowledged = commanded(open, { kind: 'acknowledge', by: ann }, HOUR);
  const resolved = commanded(open, resolve, HOUR);

  it('moves an alert along its life', () => {
    expect(acknowledged).toMatchObject({ status: 'acknowledged', acknowledgedBy: ann, version: 2, updatedAt: HOUR });
    expect(resolved).toMatchObject({
      status: 'resolved',
      resolution: { reason: 'manual', by: ann, note: 'called them' },
    });
    expect(commanded(resolved, { kind: 'reopen', by: ann }, DAY)).toMatchObject({ status: 'open', version: 3 });
  });

  it.each<[string, AlertState, AlertCommand, string]>([
    ['acknowledge twice', acknowledged, { kind: 'acknowledge', by: ann }, 'conflict'],
    ['resolve twice', resolved, resolve, 'conflict'],
    ['snooze a resolved one', resolved, { kind: 'snooze', by: ann, until: null, untilWorse: true }, 'conflict'],
    ['snooze into the past', acknowledged, { kind: 'snooze', by: ann, until: HOUR, untilWorse: false }, 'invalid'],
    ['snooze without an end', acknowledged, { kind: 'snooze', by: ann, until: null, untilWorse: false }, 'invalid'],
    ['reopen an open one', step(null, holds, 0).alert as AlertState, { kind: 'reopen', by: ann }, 'conflict'],
  ])('refuses to %s', (_, alert, command, code) => {
    expect(alertCommand(alert, command, HOUR)).toMatchObject({ ok: false, code });
  });
});

describe('an alert, in every life', () => {
  const levels = fc.constantFrom<Severity>('low', 'medium', 'high');
  const moments = fc.array(
    fc.record({ kind: fc.constantFrom(0, 1, 2, 3), level: levels, wait: fc.integer({ min: 0, max: 3 * DAY }) }),
    {
      maxLength: 40,
    },
  );
  const kinds = [
    holds,
    clear,
    evaluation('not-assessable', { why: 'stale' }),
    evaluation('not-assessable', { why: 'incident' }),
  ];

  it('changes nothing when the same evaluation comes twice, and counts every change', () => {
    fc.assert(
      fc.property(moments, (steps) => {
        let alert: AlertState | null = null;
        let now = 0;
        for (const { kind, level, wait } of steps) {
          now += wait;
          const first: AlertTransition = step(alert, kinds[kind] ?? holds, now, level);
          expect(step(first.alert, kinds[kind] ?? holds, now, level).change).toBe('unchanged');
          const counted = first.fresh ? 1 : (alert?.version ?? 0) + (first.change === 'unchanged' ? 0 : 1);
          expect(first.alert?.version ?? 0).toBe(counted);
          alert = first.alert;
        }
      }),
      { numRuns: 500 },
    );
  });
});

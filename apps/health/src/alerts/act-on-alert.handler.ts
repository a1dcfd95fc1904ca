import { Injectable } from '@nestjs/common';
import type { AlertChange, AlertFeedback, RiskAlert } from '@tenure/contracts';
import { armDue, type CallerIdentity, Clock, Database, lockAccounts, Outbox, Problem, type Tx } from '@tenure/platform';
import { alertCommand, type AlertCommand, type AlertState, type CommandResult } from '@tenure/scoring';

import { evaluationDue } from '../evaluation/evaluation.domain';
import type { HotAccount } from '../history/hot-account.entity';
import { HotAccounts } from '../history/hot-accounts.repository';
import { life, personOf } from './alert-data.domain';
import { AlertRepository, type StoredAlert } from './alert.repository';
import { alertEvent } from './publish-judgement.handler';

/** What a person asks for; `by` is filled in from the caller. */
export type Action =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'snooze'; readonly until: Date | null; readonly untilWorse: boolean }
  | { readonly kind: 'resolve'; readonly reason: 'manual' | 'false-alarm'; readonly note: string | null }
  | { readonly kind: 'reopen' };

const undoMs = 10 * 60_000;

/** What people do to alerts: decided by the same pure machine as what the clock and events do. */
@Injectable()
export class ActOnAlertHandler {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertRepository,
    private readonly hotAccounts: HotAccounts,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Answers the alert after the action. Throws `not-found`, `conflict` (it is already so) or `invalid`. */
  act(caller: CallerIdentity, alertId: string, action: Action): Promise<RiskAlert> {
    return this.database.write([caller.tenant], async (tx) => {
      const { stored, account } = await this.hold(tx, caller.tenant, alertId);
      const now = this.clock.now().getTime();
      const result = action.kind === 'reopen' ? reopen(stored, caller, now) : decide(stored, action, caller, now);
      if (!result.ok) throw new Problem(result.code, result.detail);
      const data = { ...stored.data, ...life({ alertId, version: result.alert.version }, result.change, result.alert) };
      const undo = action.kind === 'reopen' ? null : { state: stored.state, by: caller.subject, at: now };
      await this.alerts.save(tx, caller.tenant, { ...stored, state: result.alert, data, undo });
      remember(account, stored, result.alert, data);
      await this.hotAccounts.save(tx, [account]);
      await armWaking(tx, account, action);
      const event = alertEvent({ key: account.key, data });
      await this.outbox.add(tx, event.definition, event.event);
      return data;
    });
  }

  /** Whether it was useful, for the precision of its signal. */
  async feedback(
    caller: CallerIdentity,
    alertId: string,
    useful: AlertFeedback,
    note: string | null,
  ): Promise<RiskAlert> {
    return this.database.write([caller.tenant], async (tx) => {
      const { stored } = await this.hold(tx, caller.tenant, alertId);
      const by = { id: caller.subject, name: caller.name, email: caller.email };
      await this.alerts.feedback(tx, caller.tenant, alertId, { useful, note, by, at: this.clock.now().toISOString() });
      return stored.data;
    });
  }

  /** The account's row is locked before the alert is read again: the judgement by events takes the same order. */
  private async hold(tx: Tx, tenant: string, alertId: string): Promise<{ stored: StoredAlert; account: HotAccount }> {
    const found = await this.alerts.find(tx, tenant, alertId);
    if (!found) throw new Problem('not-found', 'There is no such alert.');
    const locked = await lockAccounts(tx, [{ tenantId: tenant, accountId: found.accountId }]);
    const [account] = await this.hotAccounts.load(tx, locked);
    const stored = await this.alerts.find(tx, tenant, alertId);
    if (!account || !stored) throw new Problem('not-found', 'There is no such alert.');
    return { stored, account };
  }
}

/** A quiet account is looked at once a day; the end of a snooze is not to wait for that. */
async function armWaking(tx: Tx, { key }: HotAccount, action: Action): Promise<void> {
  if (action.kind !== 'snooze' || action.until === null) return;
  await armDue(tx, [{ ...key, kind: evaluationDue, dueAt: action.until }]);
}

function decide(
  stored: StoredAlert,
  action: Exclude<Action, { kind: 'reopen' }>,
  caller: CallerIdentity,
  now: number,
): CommandResult {
  const by = JSON.stringify({ id: caller.subject, name: caller.name, email: caller.email });
  const { state } = stored;
  if (action.kind === 'acknowledge' && state.status === 'acknowledged') {
    const who = personOf(state.acknowledgedBy);
    return { ok: false, code: 'conflict', detail: `${who.name ?? who.email ?? 'Somebody'} acknowledged it already.` };
  }
  return alertCommand(state, commandOf(action, by), now);
}

function commandOf(action: Exclude<Action, { kind: 'reopen' }>, by: string): AlertCommand {
  switch (action.kind) {
    case 'acknowledge':
      return { kind: 'acknowledge', by };
    case 'snooze':
      return { kind: 'snooze', by, until: action.until?.getTime() ?? null, untilWorse: action.untilWorse };
    case 'resolve':
      return { kind: 'resolve', by, reason: action.reason, note: action.note };
  }
}

/** Takes back the caller's own last action, while it is fresh: the alert is as it was before. */
function reopen({ state, undo }: StoredAlert, caller: CallerIdentity, now: number): CommandResult {
  if (!undo || undo.by !== caller.subject) {
    return { ok: false, code: 'conflict', detail: 'Only your own last action on this alert can be taken back.' };
  }
  if (now - undo.at > undoMs) return { ok: false, code: 'conflict', detail: 'This was more than ten minutes ago.' };
  const changes: Record<AlertState['status'], AlertChange> = {
    open: 'opened',
    acknowledged: 'acknowledged',
    snoozed: 'snoozed',
    resolved: 'resolved',
  };
  const change = changes[undo.state.status];
  if (change === 'reassigned') return { ok: false, code: 'conflict', detail: 'This cannot be taken back.' };
  return { ok: true, change, alert: { ...undo.state, version: state.version + 1, updatedAt: now } };
}

/** Only the newest alert of a signal is judged on; an older one changes nothing in memory. */
function remember(account: HotAccount, stored: StoredAlert, state: AlertState, data: RiskAlert): void {
  const held = account.state.alerts[stored.state.signal];
  if (held?.alertId !== stored.alertId) return;
  const alerts = { ...account.state.alerts, [stored.state.signal]: { alertId: stored.alertId, state, data } };
  account.state = { ...account.state, alerts };
}

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { useZone } from '../../app/session';
import { toastDone, toastFailed } from '../../ui/toast';
import type { AlertTarget } from './alert-target';
import { markDone, unmarkDone } from './done-alerts';
import { ResolveDialog, type Resolution } from './resolve-dialog';
import { SnoozeDialog } from './snooze-dialog';
import { type SnoozeChoice, snoozeBody } from './snooze-choices';

interface Action {
  verb: 'acknowledge' | 'snooze' | 'resolve';
  body: Record<string, unknown>;
  said: string;
}

async function refresh(client: QueryClient): Promise<void> {
  const keys = [['today'], ['alerts'], ['account'], ['accounts']];
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}

async function undo(client: QueryClient, alertIds: readonly string[]): Promise<void> {
  unmarkDone(alertIds);
  try {
    await Promise.all(alertIds.map((id) => api.post(`/alerts/${id}/reopen`)));
  } catch (error) {
    toastFailed(error, 'It could not be undone');
  }
  await refresh(client);
}

async function act(client: QueryClient, target: AlertTarget, action: Action): Promise<void> {
  markDone(target.alertIds);
  const results = await Promise.allSettled(
    target.alertIds.map((id) => api.post(`/alerts/${id}/${action.verb}`, action.body)),
  );
  const failed = results.find((result) => result.status === 'rejected');
  const changed = target.alertIds.filter((_, index) => results[index]?.status === 'fulfilled');
  if (failed) {
    unmarkDone(target.alertIds);
    toastFailed(failed.reason, `${target.name} was not changed`);
  }
  if (changed.length > 0) toastDone(`${action.said} ${target.name}`, () => void undo(client, changed));
  await refresh(client);
}

/** Acknowledge, snooze and resolve with undo; `dialogs` must be rendered once where the actions are used. */
export function useAlertActions(): {
  acknowledge: (target: AlertTarget) => void;
  snooze: (target: AlertTarget) => void;
  resolve: (target: AlertTarget) => void;
  dialogs: ReactNode;
} {
  const client = useQueryClient();
  const zone = useZone();
  const [asked, setAsked] = useState<{ kind: 'snooze' | 'resolve'; target: AlertTarget } | null>(null);
  const close = (): void => setAsked(null);
  const run = (action: Action): void => {
    if (asked) void act(client, asked.target, action);
    close();
  };
  const snoozed = (choice: SnoozeChoice): void =>
    run({ verb: 'snooze', body: snoozeBody(choice, zone), said: 'Snoozed' });
  const resolved = (resolution: Resolution): void =>
    run({ verb: 'resolve', body: { ...resolution }, said: 'Resolved' });
  return {
    acknowledge: (target) => void act(client, target, { verb: 'acknowledge', body: {}, said: 'Acknowledged' }),
    snooze: (target) => setAsked({ kind: 'snooze', target }),
    resolve: (target) => setAsked({ kind: 'resolve', target }),
    dialogs: (
      <>
        <SnoozeDialog target={asked?.kind === 'snooze' ? asked.target : null} onClose={close} onChoose={snoozed} />
        <ResolveDialog target={asked?.kind === 'resolve' ? asked.target : null} onClose={close} onChoose={resolved} />
      </>
    ),
  };
}

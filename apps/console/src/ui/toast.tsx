import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { describeError } from '../api/problem';

let pending: { id: string; undo: () => void } | null = null;

/** Says what was done and offers to take it back for ten seconds (button, or the key z). */
export function toastDone(message: string, undo?: () => void): void {
  const id = `done-${Date.now()}`;
  const takeBack = (): void => {
    notifications.hide(id);
    if (pending?.id === id) pending = null;
    undo?.();
  };
  if (undo) pending = { id, undo: takeBack };
  notifications.show({
    id,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    autoClose: undo ? 10_000 : 4_000,
    withBorder: true,
    message: undo ? (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button size="compact-sm" variant="light" onClick={takeBack}>
          Undo
        </Button>
      </Group>
    ) : (
      message
    ),
  });
}

/** Takes back the latest thing that can be taken back. */
export function undoLatest(): void {
  pending?.undo();
}

export function toastFailed(error: unknown, what = 'That did not work'): void {
  notifications.show({
    closeButtonProps: { 'aria-label': 'Dismiss' },
    color: 'red',
    withBorder: true,
    autoClose: 8_000,
    title: what,
    message: describeError(error),
  });
}

import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { useAlertActions } from './alert-actions';
import type { AlertTarget } from './alert-target';

const actions = [
  { verb: 'acknowledge', label: 'Acknowledge', key: 'a' },
  { verb: 'snooze', label: 'Snooze', key: 's' },
  { verb: 'resolve', label: 'Resolve', key: 'r' },
] as const;

/** The three actions of an alert or of an account's alerts; `keys` shows the letter that does the same. */
export function ActionButtons(props: {
  target: AlertTarget;
  actions: ReturnType<typeof useAlertActions>;
  keys?: boolean;
  acknowledged?: boolean;
}): ReactNode {
  return (
    <Group gap={6} wrap="nowrap">
      {actions
        .filter(({ verb }) => !(props.acknowledged && verb === 'acknowledge'))
        .map(({ verb, label, key }) => (
          <Button
            key={verb}
            size="compact-sm"
            variant="default"
            fw={500}
            fz={13}
            aria-label={`${label} ${props.target.name}`}
            aria-keyshortcuts={props.keys ? key : undefined}
            title={props.keys ? `Key ${key}` : undefined}
            onClick={() => props.actions[verb](props.target)}
          >
            {label}
          </Button>
        ))}
    </Group>
  );
}

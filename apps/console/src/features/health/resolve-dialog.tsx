import { Modal, Textarea, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { AlertTarget } from './alert-target';
import styles from './dialogs.module.css';

export interface Resolution {
  reason: 'manual' | 'false-alarm';
  note?: string;
}

const reasons = [
  { reason: 'manual', label: 'It is dealt with', hint: 'we acted on it' },
  { reason: 'false-alarm', label: 'False alarm', hint: 'counts against the signal' },
] as const;

function Choices({ onChoose }: { onChoose: (resolution: Resolution) => void }): ReactNode {
  const [note, setNote] = useState('');
  const text = note.trim();
  return (
    <>
      <Textarea
        label="What happened (optional)"
        autosize
        minRows={2}
        mb={12}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {reasons.map(({ reason, label, hint }, index) => (
        <UnstyledButton
          key={reason}
          className={styles.choice}
          data-autofocus={index === 0 || undefined}
          onClick={() => onChoose({ reason, ...(text ? { note: text } : {}) })}
        >
          {label} <small>{hint}</small>
        </UnstyledButton>
      ))}
    </>
  );
}

export function ResolveDialog(props: {
  target: AlertTarget | null;
  onClose: () => void;
  onChoose: (resolution: Resolution) => void;
}): ReactNode {
  const { target } = props;
  return (
    <Modal
      opened={target !== null}
      onClose={props.onClose}
      title={target ? `Resolve ${target.name}` : ''}
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Choices onChoose={props.onChoose} />
    </Modal>
  );
}

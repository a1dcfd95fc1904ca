import { Button, Modal, TextInput, UnstyledButton } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useNow, useZone } from '../../app/session';
import { addDays, day, dayIn } from '../../format/dates';
import type { AlertTarget } from './alert-target';
import { type SnoozeChoice, snoozeDays } from './snooze-choices';
import styles from './dialogs.module.css';

interface Props {
  onChoose: (choice: SnoozeChoice) => void;
}

function DateForm({ onChoose, from }: Props & { from: string }): ReactNode {
  const [picked, setPicked] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onChoose({ until: picked });
  };
  return (
    <form className={styles.or} onSubmit={submit}>
      <TextInput
        type="date"
        label="Another day"
        required
        withAsterisk={false}
        min={from}
        value={picked}
        flex={1}
        onChange={(event) => setPicked(event.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        Snooze
      </Button>
    </form>
  );
}

function Choices({ onChoose }: Props): ReactNode {
  const zone = useZone();
  const now = useNow();
  return (
    <>
      <UnstyledButton className={styles.choice} data-autofocus onClick={() => onChoose({ untilWorse: true })}>
        Until it gets worse <small>a higher severity</small>
      </UnstyledButton>
      {snoozeDays(now, zone).map((option) => (
        <UnstyledButton key={option.label} className={styles.choice} onClick={() => onChoose({ until: option.day })}>
          {option.label} <small className="num">{day(option.day)}</small>
        </UnstyledButton>
      ))}
      <DateForm onChoose={onChoose} from={addDays(dayIn(now, zone), 1)} />
    </>
  );
}

export function SnoozeDialog(props: Props & { target: AlertTarget | null; onClose: () => void }): ReactNode {
  const { target } = props;
  return (
    <Modal
      opened={target !== null}
      onClose={props.onClose}
      title={target ? `Snooze ${target.name}` : ''}
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Choices onChoose={props.onChoose} />
    </Modal>
  );
}

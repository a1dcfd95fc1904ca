import { Button, type ButtonProps, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

/** A button for what cannot be taken back: it says what will happen and asks once. */
export function ConfirmButton(
  props: ButtonProps & { label: string; about: string; question: string; onConfirm: () => void },
): ReactNode {
  const { label, about, question, onConfirm, ...button } = props;
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button {...button} onClick={() => setAsked(true)} aria-label={`${label} ${about}`}>
        {label}
      </Button>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={`${label} ${about}?`}
        size="sm"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Text size="sm">{question}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsked(false)} data-autofocus>
            Cancel
          </Button>
          <Button
            color="red"
            onClick={() => {
              setAsked(false);
              onConfirm();
            }}
          >
            {label}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

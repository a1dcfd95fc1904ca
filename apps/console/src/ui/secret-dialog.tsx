import { Button, Code, Group, Modal, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Icon } from './icons';

export interface Secret {
  title: string;
  value: string;
  hint: string;
}

/** A secret that is shown this once; closing needs a decision, a click beside the dialog does not lose it. */
export function SecretDialog({ secret, onClose }: { secret: Secret | null; onClose: () => void }): ReactNode {
  const clipboard = useClipboard();
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title={secret?.title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm" mb="sm">
        {secret?.hint} It is shown only now.
      </Text>
      <Code block tabIndex={0} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {secret?.value}
      </Code>
      <Group justify="flex-end" mt="md">
        <Button
          variant="default"
          leftSection={<Icon name={clipboard.copied ? 'check' : 'copy'} />}
          onClick={() => clipboard.copy(secret?.value ?? '')}
        >
          {clipboard.copied ? 'Copied' : 'Copy'}
        </Button>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Modal>
  );
}

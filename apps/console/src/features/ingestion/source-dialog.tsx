import { Button, Modal, Radio, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Source } from '../../api/types';
import { describeError, fieldError } from '../../api/problem';
import { useChange } from '../../ui/use-change';

export const kindWords: Record<Source['kind'], string> = {
  segment: 'Segment API',
  cloudevents: 'CloudEvents',
  posthog: 'PostHog API',
  webhook: 'Webhook',
  csv: 'CSV files',
};

function Form({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => void }): ReactNode {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Source['kind']>('segment');
  const [mode, setMode] = useState('live');
  const make = useChange({
    write: () => api.post<{ source: Source; key: string }>('/sources', { name: name.trim(), kind, mode }),
    refresh: ['sources'],
    quietErrors: true,
    onDone: ({ key }) => {
      onClose();
      onMade(key);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate(undefined);
  };
  const error = fieldError(make.error, 'name') ?? (make.error ? describeError(make.error) : undefined);
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Product, production"
          required
          withAsterisk={false}
          data-autofocus
          value={name}
          error={error}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Kind"
          allowDeselect={false}
          data={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
          value={kind}
          onChange={(value) => setKind(value as Source['kind'])}
        />
        <Radio.Group label="Mode" value={mode} onChange={setMode}>
          <Stack gap={8} mt={6}>
            <Radio value="live" label="Live" description="Events as they happen; they can open alerts" />
            <Radio value="import" label="History" description="Past events; no alerts until the import is closed" />
          </Stack>
        </Radio.Group>
        <Button type="submit" loading={make.isPending}>
          Add and show the key
        </Button>
      </Stack>
    </form>
  );
}

export function SourceDialog(props: {
  opened: boolean;
  onClose: () => void;
  onMade: (key: string) => void;
}): ReactNode {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title="Add a source"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Form onClose={props.onClose} onMade={props.onMade} />
    </Modal>
  );
}

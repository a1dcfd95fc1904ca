import { Button, Checkbox, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Destination } from '../../api/types';
import { describeError, fieldError } from '../../api/problem';
import type { Severity } from '../../api/types';
import { severityWords } from '../../format/words';
import { useChange } from '../../ui/use-change';

type Kind = Destination['kind'];

export const kindWords: Record<Kind, string> = { webhook: 'Webhook', slack: 'Slack', email: 'E-mail' };

const addresses: Record<Kind, { field: 'url' | 'to'; label: string; type: string; placeholder: string }> = {
  webhook: { field: 'url', label: 'URL', type: 'url', placeholder: 'https://example.com/hooks/tenure' },
  slack: {
    field: 'url',
    label: 'Incoming webhook URL',
    type: 'url',
    placeholder: 'https://hooks.slack.com/services/…',
  },
  email: { field: 'to', label: 'Address', type: 'email', placeholder: 'team@example.com' },
};

interface Draft {
  name: string;
  kind: Kind;
  address: string;
  minSeverity: Severity | null;
  ownerOnly: boolean;
}

function body(draft: Draft): Record<string, unknown> {
  const { field } = addresses[draft.kind];
  return {
    name: draft.name.trim(),
    kind: draft.kind,
    [field]: draft.address.trim(),
    ...(draft.minSeverity ? { minSeverity: draft.minSeverity } : {}),
    ...(draft.ownerOnly ? { ownerOnly: true } : {}),
  };
}

function Form({ onClose, onMade }: { onClose: () => void; onMade: (made: Destination) => void }): ReactNode {
  const [draft, setDraft] = useState<Draft>({
    name: '',
    kind: 'webhook',
    address: '',
    minSeverity: null,
    ownerOnly: false,
  });
  const set = (change: Partial<Draft>): void => setDraft((current) => ({ ...current, ...change }));
  const address = addresses[draft.kind];
  const make = useChange({
    write: () => api.post<Destination>('/destinations', body(draft)),
    refresh: ['destinations'],
    quietErrors: true,
    onDone: (made) => {
      onClose();
      onMade(made);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate(undefined);
  };
  const ofName = fieldError(make.error, 'name');
  const ofAddress = ofName ? undefined : make.error ? describeError(make.error) : undefined;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <SegmentedControl
          aria-label="Kind"
          data={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
          value={draft.kind}
          onChange={(kind) => set({ kind: kind as Kind, address: '' })}
        />
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          data-autofocus
          value={draft.name}
          error={ofName}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label={address.label}
          type={address.type}
          placeholder={address.placeholder}
          required
          withAsterisk={false}
          value={draft.address}
          error={ofAddress}
          onChange={(event) => set({ address: event.currentTarget.value })}
        />
        <Select
          label="Only from this severity on"
          placeholder="All alerts"
          clearable
          clearButtonProps={{ 'aria-label': 'Clear the severity' }}
          data={(Object.keys(severityWords) as Severity[]).map((value) => ({ value, label: severityWords[value] }))}
          value={draft.minSeverity}
          onChange={(value) => set({ minSeverity: value as Severity | null })}
        />
        {draft.kind === 'email' ? (
          <Checkbox
            label="Only to the account's owner"
            checked={draft.ownerOnly}
            onChange={(event) => set({ ownerOnly: event.currentTarget.checked })}
          />
        ) : null}
        <Button type="submit" loading={make.isPending}>
          Add
        </Button>
      </Stack>
    </form>
  );
}

export function DestinationDialog(props: {
  opened: boolean;
  onClose: () => void;
  onMade: (made: Destination) => void;
}): ReactNode {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title="Add a destination"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Form onClose={props.onClose} onMade={props.onMade} />
    </Modal>
  );
}

import { Button, Group, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { describeError, fieldError } from '../../api/problem';
import type { Source } from '../../api/types';
import { useChange } from '../../ui/use-change';
import { CopyBlock, SnippetBlock } from './snippet-block';
import { snippetsFor } from './snippets';
import { kindWords, vendorWords } from './source-words';
import { volumesQuery } from './sources.queries';

/** What making a source answers; the key is never shown again. */
interface Made {
  source: Source;
  key: string;
  webhook?: { url: string; secretFrom: 'vendor' | 'tenure'; secretCalled: string; name: string };
}

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

function Form({ onMade }: { onMade: (made: Made) => void }): ReactNode {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Source['kind']>('segment');
  const [vendor, setVendor] = useState('zendesk');
  const [mode, setMode] = useState('live');
  const make = useChange({
    write: () =>
      api.post<Made>('/sources', { name: name.trim(), kind, mode, ...(kind === 'webhook' ? { vendor } : {}) }),
    refresh: ['sources'],
    quietErrors: true,
    onDone: onMade,
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
          data={options(kindWords)}
          value={kind}
          onChange={(value) => setKind(value as Source['kind'])}
        />
        {kind === 'webhook' ? (
          <Select
            label="From"
            allowDeselect={false}
            searchable
            data={options(vendorWords)}
            value={vendor}
            onChange={(value) => setVendor(value ?? 'standard')}
          />
        ) : null}
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

/** What to paste now; a click beside the dialog does not lose the key. */
function Ready({ made, onClose }: { made: Made; onClose: () => void }): ReactNode {
  const volumes = useQuery(volumesQuery);
  const navigate = useNavigate();
  const { source, key, webhook } = made;
  const ingestUrl = volumes.data?.ingestUrl;
  return (
    <Stack gap="md">
      {webhook ? (
        <>
          <Text size="sm">Paste this address at {webhook.name}:</Text>
          <CopyBlock text={webhook.url} label="The address" />
          <Text size="sm">
            {webhook.secretFrom === 'vendor'
              ? `${webhook.name} shows a ${webhook.secretCalled}: paste it on the source’s page. Until then nothing is believed.`
              : `Paste this there as ${webhook.secretCalled}. It is shown only now.`}
          </Text>
        </>
      ) : (
        <Text size="sm">The write key is shown only now.</Text>
      )}
      {webhook?.secretFrom === 'vendor' ? null : <CopyBlock text={key} label="The key" />}
      {webhook || !ingestUrl ? null : <SnippetBlock snippets={snippetsFor(source.kind, ingestUrl, key)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
        <Button
          onClick={() => {
            onClose();
            void navigate({
              to: '/settings/sources/$sourceId',
              params: { sourceId: source.id },
              search: { tab: 'live' },
            });
          }}
        >
          Watch for the first event
        </Button>
      </Group>
    </Stack>
  );
}

/** Makes a source, and then says what to paste where. */
export function SourceDialog(props: { opened: boolean; onClose: () => void }): ReactNode {
  const [made, setMade] = useState<Made | null>(null);
  const close = (): void => {
    setMade(null);
    props.onClose();
  };
  return (
    <Modal
      opened={props.opened}
      onClose={close}
      size={made ? 'lg' : 'md'}
      closeOnClickOutside={!made}
      title={made ? `${made.source.name} is ready` : 'Add a source'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {made ? <Ready made={made} onClose={close} /> : <Form onMade={setMade} />}
    </Modal>
  );
}

import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { ApiKey } from '../../api/types';
import { describeError } from '../../api/problem';
import type { Page, Role } from '../../api/types';
import { roleWords } from '../../format/words';
import { ConfirmButton } from '../../ui/confirm-button';
import { Panel } from '../../ui/panel';
import { Row, Rows } from '../../ui/rows';
import { type Secret, SecretDialog } from '../../ui/secret-dialog';
import { Empty, Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { roleOptions } from './people.page';

function Form({ onMade }: { onMade: (key: string) => void }): ReactNode {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const make = useChange({
    write: () => api.post<ApiKey & { key: string }>('/api-keys', { name: name.trim(), role }),
    refresh: ['api-keys'],
    quietErrors: true,
    onDone: ({ key }) => onMade(key),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="What uses it"
          required
          withAsterisk={false}
          data-autofocus
          value={name}
          error={make.error ? describeError(make.error) : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Role"
          allowDeselect={false}
          data={roleOptions}
          value={role}
          onChange={(value) => setRole(value as Role)}
        />
        <Button type="submit" loading={make.isPending}>
          Make and show the key
        </Button>
      </Stack>
    </form>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }): ReactNode {
  const revoke = useChange({
    write: () => api.delete(`/api-keys/${apiKey.id}`),
    refresh: ['api-keys'],
    said: 'Key revoked',
  });
  return (
    <Row
      title={apiKey.name}
      sub={`${apiKey.prefix}… · ${roleWords[apiKey.role]}`}
      actions={
        <ConfirmButton
          size="compact-sm"
          variant="default"
          label="Revoke"
          about={apiKey.name}
          question="What uses this key is refused from now on."
          onConfirm={() => revoke.mutate(undefined)}
        />
      }
    />
  );
}

/** Keys for programs that use the REST API. */
export function KeysPage(): ReactNode {
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const keys = useQuery({
    queryKey: ['api-keys'],
    queryFn: ({ signal }) => api.get<Page<ApiKey>>('/api-keys', {}, signal),
  });
  const made = (value: string): void => {
    setMaking(false);
    setSecret({ title: 'API key', value, hint: 'Send it as a bearer token.' });
  };
  return (
    <Panel
      title="API keys"
      hint="For programs that use the REST API"
      aside={
        <Button size="sm" onClick={() => setMaking(true)}>
          Make a key
        </Button>
      }
    >
      <Loaded query={keys}>
        {(data) =>
          data.items.length > 0 ? (
            <Rows>
              {data.items.map((apiKey) => (
                <KeyRow key={apiKey.id} apiKey={apiKey} />
              ))}
            </Rows>
          ) : (
            <Empty title="No key yet">A key reads and writes with the role that you give it.</Empty>
          )
        }
      </Loaded>
      <Modal
        opened={making}
        onClose={() => setMaking(false)}
        title="Make a key"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Form onMade={made} />
      </Modal>
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </Panel>
  );
}

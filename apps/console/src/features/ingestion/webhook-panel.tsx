import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { WebhookBody } from '@tenure/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { describeError } from '../../api/problem';
import type { Source } from '../../api/types';
import { useMe, useZone } from '../../app/session';
import { instant } from '../../format/dates';
import { ConfirmButton } from '../../ui/confirm-button';
import { Panel } from '../../ui/panel';
import { Row, Rows } from '../../ui/rows';
import { type Secret, SecretDialog } from '../../ui/secret-dialog';
import { Loaded } from '../../ui/states';
import { toastDone } from '../../ui/toast';
import { useChange } from '../../ui/use-change';
import { CopyBlock } from './snippet-block';

/** The vendor's secret is pasted here; one of ours is made here and pasted there. */
function NewSecret({ source, webhook }: { source: Source; webhook: WebhookBody }): ReactNode {
  const [secret, setSecret] = useState('');
  const [made, setMade] = useState<Secret | null>(null);
  const isTheirs = webhook.secretFrom === 'vendor';
  const add = useChange({
    write: () => api.post<{ key: string }>(`/sources/${source.id}/secrets`, isTheirs ? { secret: secret.trim() } : {}),
    refresh: ['sources', source.id, 'webhook'],
    quietErrors: isTheirs,
    onDone: ({ key }) => {
      setSecret('');
      if (key)
        setMade({ title: 'New secret', value: key, hint: `Paste it at ${webhook.name} as ${webhook.secretCalled}.` });
      else toastDone('The secret counts from now on; earlier ones for another day');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(undefined);
  };
  return (
    <form onSubmit={submit} style={{ marginTop: 12 }}>
      <Group align="flex-end" gap={8}>
        {isTheirs ? (
          <PasswordInput
            style={{ flex: '1 1 220px' }}
            label={`${webhook.name}: ${webhook.secretCalled}`}
            required
            withAsterisk={false}
            value={secret}
            error={add.error ? describeError(add.error) : undefined}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        ) : null}
        <Button type="submit" variant="default" loading={add.isPending}>
          {isTheirs ? 'Save the secret' : 'Make a new secret'}
        </Button>
      </Group>
      <SecretDialog secret={made} onClose={() => setMade(null)} />
    </form>
  );
}

/** Those that count, the newest first. */
function Secrets({
  source,
  webhook,
  readOnly,
}: {
  source: Source;
  webhook: WebhookBody;
  readOnly: boolean;
}): ReactNode {
  const zone = useZone();
  const remove = useChange({
    write: (id: string) => api.delete(`/sources/${source.id}/secrets/${id}`),
    refresh: ['sources', source.id, 'webhook'],
    said: 'The secret counts no more',
  });
  if (webhook.secrets.length === 0) {
    return (
      <Text size="sm" mt={10}>
        No secret yet: nothing is believed until there is one.
      </Text>
    );
  }
  return (
    <Rows>
      {webhook.secrets.map(({ id, createdAt, expiresAt }) => {
        const about = `the secret of ${instant(createdAt, zone)}`;
        const question = 'What is signed with it is refused from now on.';
        return (
          <Row
            key={id}
            title={`Secret of ${instant(createdAt, zone)}`}
            sub={expiresAt ? `counts until ${instant(expiresAt, zone)}` : 'counts'}
            actions={
              readOnly ? null : (
                <ConfirmButton
                  size="compact-sm"
                  variant="default"
                  label="Remove"
                  about={about}
                  question={question}
                  onConfirm={() => remove.mutate(id)}
                />
              )
            }
          />
        );
      })}
    </Rows>
  );
}

/** Where the vendor sends to, and what proves that it is the vendor. */
export function WebhookPanel({ source }: { source: Source }): ReactNode {
  const isAdmin = useMe().person.role === 'admin';
  const webhook = useQuery({
    queryKey: ['sources', source.id, 'webhook'],
    queryFn: ({ signal }) => api.get<WebhookBody>(`/sources/${source.id}/webhook`, {}, signal),
  });
  return (
    <Panel title="Webhook" hint="Believed only with the vendor’s signature">
      <Loaded query={webhook}>
        {(data) => (
          <>
            <Text size="sm" mb={6}>
              Paste this address at {data.name}:
            </Text>
            <CopyBlock text={data.url} label="The address" />
            <Secrets source={source} webhook={data} readOnly={!isAdmin} />
            {isAdmin ? <NewSecret source={source} webhook={data} /> : null}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

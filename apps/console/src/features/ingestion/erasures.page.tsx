import { Button, Checkbox, Group, Radio, Stack, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { describeError } from '../../api/problem';
import type { Page } from '../../api/types';
import { useNow, useZone } from '../../app/session';
import { ago, instant } from '../../format/dates';
import { plural } from '../../format/money';
import { words } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Row, Rows, StateTag } from '../../ui/rows';
import { Empty, Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';

interface Erasure {
  id: string;
  kind: 'person' | 'account';
  accountId: string | null;
  identifiers: number;
  reason: string | null;
  requestedBy: string;
  requestedAt: string;
  state: 'running' | 'done';
  services: { service: string; state: 'waiting' | 'done'; rows: number }[];
  logs: { topic: string; goneAt: string | null }[];
}

type Person = Record<'userIds' | 'stakeholderIds' | 'emails' | 'names' | 'otherIds', string[]>;

const nobody: Person = { userIds: [], stakeholderIds: [], emails: [], names: [], otherIds: [] };
const labels: Record<keyof Person, string> = {
  userIds: 'User ids',
  stakeholderIds: 'Stakeholder ids',
  emails: 'E-mail addresses',
  names: 'Names in full',
  otherIds: 'Phone numbers and other ids',
};

function RequestForm(): ReactNode {
  const [kind, setKind] = useState('person');
  const [person, setPerson] = useState(nobody);
  const [accountId, setAccountId] = useState('');
  const [reason, setReason] = useState('');
  const [isSure, setIsSure] = useState(false);
  const erase = useChange({
    write: (body: object) => api.post<Erasure>('/erasures', body),
    refresh: ['erasures'],
    said: 'The erasure has begun',
    quietErrors: true,
    onDone: () => {
      setPerson(nobody);
      setAccountId('');
      setReason('');
      setIsSure(false);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const whom = kind === 'account' ? { kind, accountId: accountId.trim() } : { kind, ...person };
    erase.mutate({ ...whom, ...(reason.trim() ? { reason: reason.trim() } : {}) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={560}>
        <Radio.Group label="Remove" value={kind} onChange={setKind}>
          <Group gap="md" mt={6}>
            <Radio value="person" label="A person" />
            <Radio value="account" label="An account" />
          </Group>
        </Radio.Group>
        {kind === 'account' ? (
          <TextInput
            label="Account id"
            required
            value={accountId}
            onChange={(event) => setAccountId(event.currentTarget.value)}
          />
        ) : (
          (Object.keys(labels) as (keyof Person)[]).map((name) => (
            <TagsInput
              key={name}
              label={labels[name]}
              placeholder="Enter adds one"
              acceptValueOnBlur
              value={person[name]}
              onChange={(value) => setPerson((before) => ({ ...before, [name]: value }))}
            />
          ))
        )}
        <TextInput
          label="Reason, for the record"
          description="It is kept, so it must not name the person"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Checkbox
          label="It cannot be undone. What is not said above is not looked for."
          checked={isSure}
          onChange={(event) => setIsSure(event.currentTarget.checked)}
        />
        {erase.error ? <span role="alert">{describeError(erase.error)}</span> : null}
        <Group>
          <Button type="submit" color="red" disabled={!isSure} loading={erase.isPending}>
            Remove everywhere
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Record({ erasure }: { erasure: Erasure }): ReactNode {
  const now = useNow();
  const zone = useZone();
  const [last] = erasure.logs
    .flatMap(({ goneAt }) => goneAt ?? [])
    .toSorted()
    .toReversed();
  const services = erasure.services.map(({ service, state, rows }) =>
    state === 'done' ? `${service} ${plural(rows, 'row')}` : `${service} waits`,
  );
  const what =
    erasure.kind === 'account'
      ? `Account ${erasure.accountId ?? ''}`
      : `A person, ${plural(erasure.identifiers, 'identifier')}`;
  return (
    <Row
      title={what}
      sub={`${erasure.requestedBy} · ${ago(erasure.requestedAt, now, zone)}${erasure.reason ? ` · ${erasure.reason}` : ''}`}
      state={<StateTag state={erasure.state} />}
    >
      <small>
        {words(services.join(' · '))}. Kafka’s last copy under retention leaves {last ? instant(last, zone) : 'soon'}.
      </small>
    </Row>
  );
}

/** Removing a person or an account from everywhere, and the record of it. */
export function ErasuresPage(): ReactNode {
  const erasures = useQuery({
    queryKey: ['erasures'],
    queryFn: ({ signal }) => api.get<Page<Erasure>>('/erasures', {}, signal),
    refetchInterval: ({ state }) => (state.data?.items.some((each) => each.state === 'running') ? 2_000 : false),
  });
  return (
    <Stack gap="lg">
      <Panel title="Erase" hint="On somebody’s request">
        <RequestForm />
      </Panel>
      <Panel title="What was erased">
        <Loaded query={erasures}>
          {(data) =>
            data.items.length === 0 ? (
              <Empty title="Nothing has been erased" />
            ) : (
              <Rows>
                {data.items.map((erasure) => (
                  <Record key={erasure.id} erasure={erasure} />
                ))}
              </Rows>
            )
          }
        </Loaded>
      </Panel>
    </Stack>
  );
}

import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { peopleQuery } from '../../app/owner-name';
import type { Invited, Person } from '../../api/types';
import { describeError, fieldError } from '../../api/problem';
import type { Role } from '../../api/types';
import { useMe } from '../../app/session';
import { roleWords } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Row, Rows, StateTag } from '../../ui/rows';
import { type Secret, SecretDialog } from '../../ui/secret-dialog';
import { Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';

export const roleOptions = (Object.keys(roleWords) as Role[]).map((value) => ({ value, label: roleWords[value] }));

function Form({ onMade }: { onMade: (made: Invited) => void }): ReactNode {
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('csm');
  const make = useChange({
    write: () => api.post<Invited>('/people', { email: email.trim(), name: name.trim(), role }),
    refresh: ['people'],
    said: 'Person added',
    quietErrors: true,
    onDone: onMade,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate(undefined);
  };
  const ofName = fieldError(make.error, 'name');
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          data-autofocus
          value={name}
          error={ofName}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="E-mail"
          type="email"
          required
          withAsterisk={false}
          value={email}
          error={make.error && !ofName ? describeError(make.error) : undefined}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          label="Role"
          description="Viewers read; CSMs act on accounts; leaders see all and call renewals; admins also change settings"
          allowDeselect={false}
          data={roleOptions}
          value={role}
          onChange={(value) => setRole(value as Role)}
        />
        <Button type="submit" loading={make.isPending}>
          Add
        </Button>
      </Stack>
    </form>
  );
}

function PersonRow({ person, onLink }: { person: Person; onLink: (person: Invited) => void }): ReactNode {
  const me = useMe().person;
  const change = useChange({
    write: (patch: Partial<Person>) => api.patch(`/people/${person.id}`, patch),
    refresh: ['people'],
    said: `${person.name} changed`,
  });
  const link = useChange({
    write: () => api.post<{ signInLink: string }>(`/people/${person.id}/sign-in-link`),
    refresh: ['people'],
    onDone: ({ signInLink }) => onLink({ ...person, signInLink }),
  });
  const isMe = me.id === person.id;
  return (
    <Row
      title={`${person.name}${isMe ? ' (you)' : ''}`}
      sub={person.email}
      state={person.active ? null : <StateTag state="disabled" />}
      actions={
        <>
          {person.active ? (
            <Button
              size="xs"
              variant="default"
              loading={link.isPending}
              aria-label={`Sign-in link for ${person.name}`}
              onClick={() => link.mutate(undefined)}
            >
              Sign-in link
            </Button>
          ) : null}
          <Select
            aria-label={`Role of ${person.name}`}
            size="xs"
            w={110}
            allowDeselect={false}
            disabled={isMe}
            data={roleOptions}
            value={person.role}
            onChange={(role) => change.mutate({ role: role as Role })}
          />
          <Button
            size="xs"
            variant="default"
            w={92}
            disabled={isMe}
            aria-label={`${person.active ? 'Disable' : 'Enable'} ${person.name}`}
            onClick={() => change.mutate({ active: !person.active })}
          >
            {person.active ? 'Disable' : 'Enable'}
          </Button>
        </>
      }
    />
  );
}

/** Who can sign in, and what they may do. Nobody can lock themselves out here. */
export function PeoplePage(): ReactNode {
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const people = useQuery(peopleQuery);
  const made = (person: Invited): void => {
    setMaking(false);
    if (!person.signInLink) return;
    setSecret({
      title: `Sign-in link for ${person.name}`,
      value: person.signInLink,
      hint: 'Send them this link; with it they set their password, once.',
    });
  };
  return (
    <Panel
      title="People"
      aside={
        <Button size="sm" onClick={() => setMaking(true)}>
          Add a person
        </Button>
      }
    >
      <Loaded query={people}>
        {(data) => (
          <Rows>
            {data.items.map((person) => (
              <PersonRow key={person.id} person={person} onLink={made} />
            ))}
          </Rows>
        )}
      </Loaded>
      <Modal
        opened={making}
        onClose={() => setMaking(false)}
        title="Add a person"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Form onMade={made} />
      </Modal>
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </Panel>
  );
}

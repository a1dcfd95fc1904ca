import { Button, Group, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Digest } from '../../api/types';
import { describeError } from '../../api/problem';
import { Panel } from '../../ui/panel';
import { Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

function zones(current: string): string[] {
  return [...new Set([current, ...Intl.supportedValuesOf('timeZone')])].toSorted();
}

function Form({ saved }: { saved: Digest }): ReactNode {
  const [digest, setDigest] = useState(saved);
  const set = (change: Partial<Digest>): void => setDigest((current) => ({ ...current, ...change }));
  const save = useChange({
    write: () => api.put<Digest>('/digest', digest),
    refresh: ['digest'],
    said: 'Digest saved',
    quietErrors: true,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={460}>
        <Switch
          label="Send me a digest every morning"
          description="Your accounts that need you, as on Today; no e-mail on days when nothing does"
          checked={digest.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
        <TextInput
          label="To"
          type="email"
          required
          withAsterisk={false}
          value={digest.email}
          error={save.error ? describeError(save.error) : undefined}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <Group grow>
          <Select
            label="At"
            allowDeselect={false}
            data={hours}
            value={String(digest.hour)}
            onChange={(value) => set({ hour: Number(value) })}
          />
          <Select
            label="Time zone"
            allowDeselect={false}
            searchable
            limit={60}
            data={zones(digest.timeZone)}
            value={digest.timeZone}
            onChange={(value) => set({ timeZone: value ?? 'UTC' })}
          />
        </Group>
        <Group>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The signed-in person's daily e-mail. */
export function DigestPage(): ReactNode {
  const digest = useQuery({
    queryKey: ['digest'],
    queryFn: ({ signal }) => api.get<Digest>('/digest', {}, signal),
  });
  return (
    <Panel title="Daily digest" hint="For you alone">
      <Loaded query={digest}>{(data) => <Form saved={data} />}</Loaded>
    </Panel>
  );
}

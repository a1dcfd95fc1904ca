import { Button, NumberInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { describeError, fieldError } from '../../api/problem';
import type { Source } from '../../api/types';
import { useChange } from '../../ui/use-change';
import type { SourceSettings } from './sources.queries';

/** How much a source may send, and the property that names its accounts. */
export function SettingsForm(props: { source: Source; settings: SourceSettings; readOnly: boolean }): ReactNode {
  const { source, settings, readOnly } = props;
  const [limit, setLimit] = useState<number | string>(settings.eventsPerSecond ?? '');
  const [property, setProperty] = useState(settings.accountProperty ?? '');
  const save = useChange({
    write: () =>
      api.patch(`/sources/${source.id}/settings`, {
        eventsPerSecond: limit === '' ? null : Number(limit),
        accountProperty: property.trim() === '' ? null : property.trim(),
      }),
    refresh: ['sources', source.id, 'settings'],
    said: 'Saved; every process knows it within five seconds',
    quietErrors: true,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(undefined);
  };
  const other = save.error && !fieldError(save.error, 'accountProperty') ? describeError(save.error) : undefined;
  return (
    <form onSubmit={submit} style={{ marginTop: 16 }}>
      <Stack gap="sm">
        <NumberInput
          label="Most events a second"
          description="Empty: the operator’s default"
          placeholder="Default"
          min={1}
          max={1_000_000}
          allowDecimal={false}
          readOnly={readOnly}
          value={limit}
          error={other}
          onChange={setLimit}
        />
        <TextInput
          label="Property that names the account"
          description="Where no group does: a name like account_id, or a path like company.id"
          placeholder="None"
          readOnly={readOnly}
          value={property}
          error={fieldError(save.error, 'accountProperty')}
          onChange={(event) => setProperty(event.currentTarget.value)}
        />
        {readOnly ? null : (
          <Button type="submit" variant="default" loading={save.isPending}>
            Save
          </Button>
        )}
      </Stack>
    </form>
  );
}

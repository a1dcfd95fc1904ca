import { Button, Group, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { words } from '../../format/words';
import { useMe } from '../../app/session';
import { Panel } from '../../ui/panel';
import { useChange } from '../../ui/use-change';
import {
  kept,
  shown,
  type SignalDraft,
  suffixOf,
  withoutSegment,
  withParameter,
  withSegmentOff,
  withSegmentParameter,
} from './signal-form';
import type { Field, SignalSettings } from './signal.queries';
import styles from './signal.module.css';

interface FormProps {
  settings: SignalSettings;
  draft: SignalDraft;
  onChange: (draft: SignalDraft) => void;
}

function NumberField(props: {
  field: Field;
  label?: string;
  value: number | null;
  placeholder?: number;
  onChange: (value: number | null) => void;
}): ReactNode {
  const { field, value, placeholder, onChange } = props;
  return (
    <NumberInput
      size="sm"
      label={props.label ?? field.label}
      suffix={suffixOf(field)}
      min={shown(field, field.min)}
      max={shown(field, field.max)}
      allowDecimal={field.integer !== true}
      decimalScale={6}
      value={value === null ? '' : shown(field, value)}
      {...(placeholder !== undefined && { placeholder: `${shown(field, placeholder)}${suffixOf(field)}` })}
      onChange={(next) => onChange(typeof next === 'number' ? kept(field, next) : null)}
    />
  );
}

function SegmentFields({ settings, draft, segment, onChange }: FormProps & { segment: string }): ReactNode {
  const own = draft.segments[segment] ?? {};
  const off = own.off ?? draft.off;
  return (
    <section className={styles.segment} aria-label={words(segment)}>
      <Group justify="space-between">
        <h3>{words(segment)}</h3>
        <Group gap="sm">
          <Switch
            size="sm"
            label="On"
            checked={!off}
            onChange={(event) => onChange(withSegmentOff(draft, segment, !event.currentTarget.checked))}
          />
          <Button size="compact-sm" variant="subtle" onClick={() => onChange(withoutSegment(draft, segment))}>
            As everywhere
          </Button>
        </Group>
      </Group>
      {off ? null : (
        <div className={styles.fields}>
          {settings.fields.map((field) => {
            const value = own.parameters?.[field.name];
            return (
              <NumberField
                key={field.name}
                field={field}
                value={typeof value === 'number' ? value : null}
                placeholder={Number(draft.parameters[field.name] ?? 0)}
                onChange={(next) => onChange(withSegmentParameter(draft, segment, field.name, next))}
              />
            );
          })}
        </div>
      )}
    </section>
  );
}

function useSegments(taken: readonly string[]): string[] {
  const query = useQuery({
    queryKey: ['accounts', 'facets'],
    queryFn: ({ signal }) => api.get<{ facets?: { segments?: string[] } }>('/accounts', { limit: 1 }, signal),
    staleTime: 60_000,
  });
  const known = ['enterprise', 'mid-market', 'smb', ...(query.data?.facets?.segments ?? [])];
  return [...new Set(known.map((segment) => segment.toLowerCase()))].filter((segment) => !taken.includes(segment));
}

/** The parameters of a signal, and what differs per segment. */
function Fields(props: FormProps): ReactNode {
  const { settings, draft, onChange } = props;
  const segments = Object.keys(draft.segments);
  const others = useSegments(segments);
  return (
    <>
      <Switch
        label="Raise alerts"
        checked={!draft.off}
        onChange={(event) => onChange({ ...draft, off: !event.currentTarget.checked })}
      />
      <div className={styles.fields}>
        {settings.fields.map((field) => (
          <NumberField
            key={field.name}
            field={field}
            value={Number(draft.parameters[field.name] ?? 0)}
            onChange={(value) => value !== null && onChange(withParameter(draft, field.name, value))}
          />
        ))}
      </div>
      {settings.fields.length === 0 ? (
        <p className={styles.note}>There is nothing to set but whether it is on.</p>
      ) : null}
      <div>
        {segments.map((segment) => (
          <SegmentFields key={segment} {...props} segment={segment} />
        ))}
      </div>
      {others.length > 0 ? (
        <Select
          size="sm"
          maw={240}
          label="Set a segment otherwise"
          placeholder="Choose a segment"
          data={others.map((value) => ({ value, label: words(value) }))}
          value={null}
          onChange={(segment) => segment && onChange(withSegmentOff(draft, segment, false))}
        />
      ) : null}
    </>
  );
}

/** How sensitive a signal is: edit it, keep it, or go back to the catalogue's own. */
export function SignalSettingsForm(props: FormProps & { changed: boolean; aside: ReactNode }): ReactNode {
  const { settings, draft, onChange, changed, aside } = props;
  const [note, setNote] = useState('');
  const { role } = useMe().person;
  const mayChange = role === 'admin' || role === 'leader';
  const path = `/signals/${encodeURIComponent(settings.signal)}/settings`;
  const save = useChange({
    write: (body: object) => api.put(path, { ...body, ...(note && { note }), version: settings.version }),
    refresh: ['signals'],
    said: 'Kept: every account is judged by it now',
    onDone: () => setNote(''),
  });
  return (
    <Panel title="How sensitive it is">
      <Stack>
        <Fields settings={settings} draft={draft} onChange={onChange} />
        {mayChange ? (
          <>
            <TextInput
              size="sm"
              label="Why (optional)"
              maxLength={2_000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              {settings.version > 0 ? (
                <Button variant="subtle" loading={save.isPending} onClick={() => save.mutate({ reset: true })}>
                  Back to the catalogue’s own
                </Button>
              ) : null}
              {aside}
              <Button disabled={!changed} loading={save.isPending} onClick={() => save.mutate({ ...draft })}>
                Save
              </Button>
            </Group>
          </>
        ) : null}
      </Stack>
    </Panel>
  );
}

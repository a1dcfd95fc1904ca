import { Button, Code, Group, JsonInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { describeError, ProblemError } from '../../api/problem';
import type { SourceMapping } from '../../api/types';
import { useMe, useZone } from '../../app/session';
import { instant } from '../../format/dates';
import { ConfirmButton } from '../../ui/confirm-button';
import { Panel } from '../../ui/panel';
import { Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { MappingPreviewPanel } from './mapping-preview';
import { laidOut, readText, sameJson } from './mapping-text';
import styles from './mapping.module.css';

function Faults({ error }: { error: unknown }): ReactNode {
  if (!error) return null;
  const fields = error instanceof ProblemError ? error.fields : [];
  return (
    <div role="alert">
      <p className={styles.faults}>{fields.length > 0 ? 'It is not saved:' : describeError(error)}</p>
      <ul className={styles.faults}>
        {fields.map(({ pointer, detail }) => (
          <li key={pointer + detail}>
            <Code>{pointer.replace(/^\/mapping/, '') || '/'}</Code> {detail}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Versions({ versions }: { versions: SourceMapping['versions'] }): ReactNode {
  const zone = useZone();
  if (versions.length === 0) return null;
  return (
    <ul className={styles.faults}>
      {versions.map(({ version, isDefault, changedBy, changedAt }) => (
        <li key={version}>
          Version {version}
          {isDefault ? ', back to the default' : ''}: {changedBy.name ?? changedBy.id}, {instant(changedAt, zone)}
        </li>
      ))}
    </ul>
  );
}

function useMappingChanges(sourceId: string, version: number) {
  const common = { refresh: ['sources', sourceId, 'mapping'], quietErrors: true };
  const save = useChange({
    ...common,
    write: (mapping: object) => api.put<SourceMapping>(`/sources/${sourceId}/mapping`, { mapping, version }),
    said: 'The mapping is saved; it counts within five seconds',
  });
  const reset = useChange({
    ...common,
    write: () => api.delete<SourceMapping>(`/sources/${sourceId}/mapping`),
    said: 'Back to the default',
  });
  return { save, reset };
}

function Editor(props: {
  sourceId: string;
  body: SourceMapping;
  payload: string;
  onPayload: (payload: string) => void;
}): ReactNode {
  const { sourceId, body } = props;
  const isAdmin = useMe().person.role === 'admin';
  const before = laidOut(body.mapping);
  const [text, setText] = useState(before);
  const read = readText(text);
  const changed = !sameJson(text, before);
  const { save, reset } = useMappingChanges(sourceId, body.version);
  const draft = changed && read.ok ? (read.value as object) : undefined;
  return (
    <div className={styles.grid}>
      <Panel title="Mapping" hint={body.isDefault ? 'The default' : `Version ${body.version}`}>
        <p className={styles.note}>The first rule that fits an item decides. A path is a JSON pointer into the item.</p>
        <JsonInput
          aria-label="The mapping as JSON"
          value={text}
          onChange={setText}
          readOnly={!isAdmin}
          error={read.ok ? undefined : read.problem}
          autosize
          minRows={16}
          maxRows={32}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        />
        <Faults error={save.error ?? reset.error} />
        {isAdmin ? (
          <Group justify="flex-end" mt="sm">
            {body.isDefault ? null : (
              <ConfirmButton
                variant="default"
                label="Back to the default"
                about="of the vendor"
                question="The vendor’s default counts again. The versions before are kept in the list."
                onConfirm={() => reset.mutate(undefined)}
              />
            )}
            <Button variant="default" disabled={!changed} onClick={() => setText(before)}>
              Discard changes
            </Button>
            <Button
              disabled={draft === undefined}
              loading={save.isPending}
              onClick={() => (draft === undefined ? undefined : save.mutate(draft))}
            >
              Save the mapping
            </Button>
          </Group>
        ) : null}
        <Versions versions={body.versions} />
      </Panel>
      <MappingPreviewPanel sourceId={sourceId} draft={draft} text={props.payload} onText={props.onPayload} />
    </div>
  );
}

/** How a source's items become canonical events: see it, change it, try it on a pasted payload. Stands by itself. */
export function MappingPanel({ sourceId }: { sourceId: string }): ReactNode {
  // Outside the editor, which begins anew with every version: what was pasted is tried again after saving.
  const [payload, setPayload] = useState('');
  const mapping = useQuery({
    queryKey: ['sources', sourceId, 'mapping'],
    queryFn: ({ signal }) => api.get<SourceMapping>(`/sources/${sourceId}/mapping`, {}, signal),
  });
  return (
    <Loaded query={mapping} rows={10}>
      {(body) => <Editor key={body.version} sourceId={sourceId} body={body} payload={payload} onPayload={setPayload} />}
    </Loaded>
  );
}

import { Button, FileInput, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type DragEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Page, Source } from '../../api/types';
import { useNow, useZone } from '../../app/session';
import { ago } from '../../format/dates';
import { words } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Row, Rows, StateTag } from '../../ui/rows';
import { Empty, Failed, Lines, Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { ImportColumns, ImportRows } from './import-columns';
import { ImportProgress } from './import-progress';
import { type FileOptions, importFile, importKinds, type ImportJob, previewFile } from './import.queries';

const runningMs = 1_000;
const noOptions: FileOptions = { kind: 'accounts', map: {}, dateFormat: null, decimal: null };

const takesFiles = (source: Source): boolean =>
  source.state === 'active' && (source.mode === 'import' || source.kind === 'csv');

function useSources() {
  return useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => api.get<Page<Source>>('/sources', {}, signal),
  });
}

function Choices(props: { options: FileOptions; onChange: (options: FileOptions) => void }): ReactNode {
  const { options, onChange } = props;
  const change = (part: Partial<FileOptions>): void => onChange({ ...options, ...part });
  return (
    <Group gap="sm" align="end">
      <NativeSelect
        label="Its rows are"
        data={Object.entries(importKinds).map(([value, label]) => ({ value, label }))}
        value={options.kind}
        onChange={(event) => onChange({ ...options, kind: event.currentTarget.value, map: {} })}
      />
      <NativeSelect
        label="03/04/2026 is"
        data={[
          { value: '', label: 'refused' },
          { value: 'day-first', label: '3 April' },
          { value: 'month-first', label: 'March 4' },
        ]}
        value={options.dateFormat ?? ''}
        onChange={(event) => change({ dateFormat: event.currentTarget.value || null })}
      />
      <NativeSelect
        label="Decimals follow"
        data={[
          { value: '', label: 'a point, no groups' },
          { value: '.', label: 'a point: 1,234.50' },
          { value: ',', label: 'a comma: 1.234,50' },
        ]}
        value={options.decimal ?? ''}
        onChange={(event) => change({ decimal: event.currentTarget.value || null })}
      />
    </Group>
  );
}

function ChosenFile({ source, file }: { source: Source; file: File }): ReactNode {
  const [options, setOptions] = useState(noOptions);
  const [importId, setImportId] = useState<string>();
  const preview = useQuery({
    queryKey: ['import-preview', source.id, file.name, file.size, file.lastModified, options],
    queryFn: () => previewFile(source.id, file, options),
    placeholderData: (previous) => previous,
    retry: false,
  });
  const run = useChange({
    write: (input: { importId: string; dryRun: boolean }) => importFile(source.id, file, options, input),
    refresh: ['imports'],
    said: (job) => (job.state === 'done' ? (job.dryRun ? 'Read; nothing was taken' : 'Imported') : words(job.state)),
  });
  const job = useQuery({
    queryKey: ['imports', importId],
    queryFn: ({ signal }) => api.get<ImportJob>(`/imports/${importId ?? ''}`, {}, signal),
    enabled: importId !== undefined,
    refetchInterval: run.isPending ? runningMs : false,
    retry: 10,
    retryDelay: 500,
  });
  const start = (dryRun: boolean): void => {
    const id = crypto.randomUUID();
    setImportId(id);
    run.mutate({ importId: id, dryRun });
  };
  const map = (header: string, field: string): void =>
    setOptions((before) => ({ ...before, map: { ...before.map, [header]: field } }));
  const data = preview.isError ? undefined : preview.data;
  return (
    <Stack gap="md">
      <Choices options={options} onChange={setOptions} />
      {preview.isError ? <Failed error={preview.error} /> : null}
      {preview.isPending ? <Lines rows={3} /> : null}
      {data ? (
        <>
          <ImportColumns preview={data} options={options} onMap={map} />
          {data.missing.length > 0 ? (
            <Text size="sm" role="alert">
              No column becomes {data.missing.join(', ')}.
            </Text>
          ) : (
            <ImportRows preview={data} />
          )}
          <Group gap="sm">
            <Button
              variant="default"
              disabled={data.missing.length > 0}
              loading={run.isPending}
              onClick={() => start(true)}
            >
              Dry run
            </Button>
            <Button disabled={data.missing.length > 0} loading={run.isPending} onClick={() => start(false)}>
              Import
            </Button>
          </Group>
        </>
      ) : null}
      {job.data ? <ImportProgress job={run.data ?? job.data} closable={source.mode === 'import'} /> : null}
    </Stack>
  );
}

function NewImport({ sources }: { sources: readonly Source[] }): ReactNode {
  const [sourceId, setSourceId] = useState(sources[0]?.id ?? '');
  const [file, setFile] = useState<File | null>(null);
  const source = sources.find(({ id }) => id === sourceId) ?? sources[0];
  const make = useChange({
    write: () => api.post('/sources', { name: 'CSV import', kind: 'csv', mode: 'import' }),
    refresh: ['sources'],
    said: 'Source added',
  });
  if (!source) {
    const add = (
      <Button size="sm" loading={make.isPending} onClick={() => make.mutate(undefined)}>
        Add a source for files
      </Button>
    );
    return (
      <Empty title="No source for files yet" action={add}>
        History goes into a source of its own: it raises no alerts for the past.
      </Empty>
    );
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setFile(event.dataTransfer.files[0] ?? null);
  };
  return (
    <Stack gap="md" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Group gap="sm" align="end">
        <FileInput
          label="CSV file"
          placeholder="Choose a file, or drop it here"
          accept=".csv,.tsv,.txt,text/csv"
          clearable
          clearButtonProps={{ 'aria-label': 'Choose no file' }}
          value={file}
          onChange={setFile}
          w={280}
        />
        <NativeSelect
          label="Into the source"
          data={sources.map(({ id, name }) => ({ value: id, label: name }))}
          value={source.id}
          onChange={(event) => setSourceId(event.currentTarget.value)}
        />
      </Group>
      {file ? <ChosenFile key={`${file.name} ${file.lastModified} ${source.id}`} source={source} file={file} /> : null}
    </Stack>
  );
}

/** Files of history: what their columns mean, what would come of them, their way in, and those before. */
export function ImportPage(): ReactNode {
  const sources = useSources();
  const now = useNow();
  const zone = useZone();
  const imports = useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => api.get<Page<ImportJob>>('/imports', { limit: 20 }, signal),
  });
  return (
    <Stack gap="lg">
      <Panel title="Import a file" hint="CSV in UTF-8; the first row names the columns">
        <Loaded query={sources}>{(data) => <NewImport sources={data.items.filter(takesFiles)} />}</Loaded>
      </Panel>
      <Panel title="Imports">
        <Loaded query={imports}>
          {(data) =>
            data.items.length === 0 ? (
              <Empty title="No import yet" />
            ) : (
              <Rows>
                {data.items.map((job) => (
                  <Row
                    key={job.id}
                    title={job.fileName ?? importKinds[job.kind]}
                    sub={`${importKinds[job.kind] ?? job.kind}${job.dryRun ? ' · dry run' : ''} · ${job.startedBy} · ${ago(job.startedAt, now, zone)}`}
                    state={<StateTag state={job.state} />}
                  >
                    <ImportProgress job={job} closable={false} />
                  </Row>
                ))}
              </Rows>
            )
          }
        </Loaded>
      </Panel>
    </Stack>
  );
}

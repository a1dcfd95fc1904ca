import { Button, Group, JsonInput, NumberInput, SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ModelFile } from '@tenure/scoring/what-if';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { api } from '../../api/client';
import { describeError, ProblemError } from '../../api/problem';
import { useMe } from '../../app/session';
import { count } from '../../format/money';
import { Panel } from '../../ui/panel';
import { Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { MeasureEditor } from './measure-editor';
import { ModelPlanPanel } from './model-plan';
import { ModelPublications } from './model-publications';
import styles from './model.module.css';
import { compareModel, currentModelQuery, type ModelsBody, modelsQuery, whatIfQuery } from './model.queries';
import { WhatIfTable } from './what-if-table';
import { successor, whatIf, type WhatIfAccount, whatIfSentence, withMeasure } from './what-if';

type View = 'form' | 'file';

function BandsEditor({ file, onChange }: { file: ModelFile; onChange: (file: ModelFile) => void }): ReactNode {
  const set = (band: 'green' | 'yellow', edge: 'enter' | 'leave', value: number): void =>
    onChange({ ...file, bands: { ...file.bands, [band]: { ...file.bands[band], [edge]: value } } });
  return (
    <Group grow>
      {(['green', 'yellow'] as const).flatMap((band) =>
        (['enter', 'leave'] as const).map((edge) => (
          <NumberInput
            key={`${band}-${edge}`}
            size="xs"
            min={0}
            max={100}
            label={edge === 'enter' ? `${band === 'green' ? 'Green' : 'Yellow'} from` : 'kept down to'}
            value={file.bands[band][edge]}
            onChange={(value) => typeof value === 'number' && set(band, edge, value)}
          />
        )),
      )}
    </Group>
  );
}

function FormView(props: { file: ModelFile; before: ModelFile; onChange: (file: ModelFile) => void }): ReactNode {
  const { file, before, onChange } = props;
  const total = file.measures.reduce((sum, measure) => sum + measure.weight, 0);
  return (
    <Stack>
      <BandsEditor file={file} onChange={onChange} />
      <ul className={styles.measures}>
        {file.measures.map((measure) => (
          <MeasureEditor
            key={measure.name}
            measure={measure}
            total={total}
            changed={before.measures.find(({ name }) => name === measure.name) !== measure}
            onChange={(change) => onChange(withMeasure(file, measure.name, change))}
          />
        ))}
      </ul>
    </Stack>
  );
}

/** The file as text; what cannot be read stays in the box and says so, the last readable one stays in force. */
function FileView({ file, onChange }: { file: ModelFile; onChange: (file: ModelFile) => void }): ReactNode {
  const [text, setText] = useState(() => JSON.stringify(file, null, 2));
  const read = (next: string): void => {
    setText(next);
    try {
      onChange(JSON.parse(next) as ModelFile);
    } catch {
      // Half-typed: JsonInput says it when the field is left.
    }
  };
  return (
    <JsonInput
      aria-label="The model as JSON"
      value={text}
      onChange={read}
      validationError="This is not valid JSON."
      autosize
      minRows={20}
      maxRows={36}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
    />
  );
}

function Comparison({ edited }: { edited: ModelFile }): ReactNode {
  const file = useDeferredValue(edited);
  const query = useQuery({
    queryKey: ['models', 'compare', JSON.stringify(file)],
    queryFn: () => compareModel(file),
    retry: false,
  });
  if (query.error instanceof ProblemError) {
    const errors = query.error.fields;
    return (
      <div role="alert" className={styles.changes}>
        <b>{describeError(query.error)}</b>
        <ul>
          {errors.map(({ pointer, detail }) => (
            <li key={pointer + detail}>
              <code>{pointer}</code> {detail}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const changes = query.data?.changes ?? [];
  if (changes.length === 0) return <p className={styles.note}>Equal to the model in force.</p>;
  return (
    <ul className={styles.changes}>
      {changes.map(({ pointer, sentence }) => (
        <li key={pointer}>{sentence}</li>
      ))}
    </ul>
  );
}

/** Scores in the browser while somebody edits; a file that cannot score yet says nothing rather than failing the page. */
function useWhatIf(accounts: readonly WhatIfAccount[], before: ModelFile, edited: ModelFile) {
  const file = useDeferredValue(edited);
  return useMemo(() => {
    try {
      return whatIf(accounts, before, file);
    } catch {
      return null;
    }
  }, [accounts, before, file]);
}

function hintOf(rows: ReturnType<typeof useWhatIf>, accounts: readonly WhatIfAccount[]): string {
  if (rows === null) return 'The file does not score yet.';
  return accounts.length === 0 ? 'The accounts are on their way.' : whatIfSentence(rows);
}

function Editor(props: { current: ModelFile; models: ModelsBody; accounts: WhatIfAccount[] }): ReactNode {
  const { models, accounts } = props;
  // A refetch brings an equal model as another object; what was edited is compared with what editing began with.
  const [before] = useState(props.current);
  const [edited, setEdited] = useState(before);
  const [view, setView] = useState<View>('form');
  const [planId, setPlanId] = useState<string | null>(null);
  const { role } = useMe().person;
  const rows = useWhatIf(accounts, before, edited);
  const changed = edited !== before;
  const plan = useChange({
    write: async () => {
      const { version } = await api.post<{ version: string }>('/models', { model: successor(edited, models.items) });
      return api.post<{ studyId: string }>(`/models/${encodeURIComponent(version)}/plan`);
    },
    refresh: ['models', 'list'],
    onDone: (asked) => setPlanId(asked.studyId),
  });
  return (
    <div className={styles.grid}>
      <Panel
        title="The model"
        aside={
          <SegmentedControl
            size="xs"
            aria-label="How to edit"
            data={[
              { value: 'form', label: 'Form' },
              { value: 'file', label: 'File' },
            ]}
            value={view}
            onChange={(value) => setView(value as View)}
          />
        }
      >
        {view === 'form' ? (
          <FormView file={edited} before={before} onChange={setEdited} />
        ) : (
          <FileView file={edited} onChange={setEdited} />
        )}
      </Panel>
      <Stack className={styles.sticky}>
        <Panel title="What if" hint={hintOf(rows, accounts)}>
          <Comparison edited={edited} />
          {rows ? <WhatIfTable rows={rows} /> : null}
          <Group justify="flex-end" mt="sm">
            <Button variant="default" disabled={!changed} onClick={() => setEdited(before)}>
              Discard changes
            </Button>
            {role === 'admin' || role === 'leader' ? (
              <Button disabled={!changed} loading={plan.isPending} onClick={() => plan.mutate(undefined)}>
                Plan for all accounts
              </Button>
            ) : null}
          </Group>
        </Panel>
        {planId ? <ModelPlanPanel key={planId} studyId={planId} onPublished={() => setPlanId(null)} /> : null}
        <ModelPublications models={models} />
      </Stack>
    </div>
  );
}

/** Until the accounts have come, the editor is there already. */
const nobody: WhatIfAccount[] = [];

/** The health model: edit it and see at once what becomes of real accounts; plan, publish, roll back. */
export function ModelPage(): ReactNode {
  const current = useQuery(currentModelQuery);
  const models = useQuery(modelsQuery);
  const accounts = useQuery(whatIfQuery);
  return (
    <Loaded query={current} rows={10}>
      {({ version, model: { version: _version, ...file }, waiting }) => (
        <Stack>
          <p className={styles.note} aria-live="polite">
            <b className="num">{version}</b> is in force
            {waiting > 0 ? `; ${count(waiting)} accounts are still to be judged by it.` : '.'}
          </p>
          <Loaded query={models}>
            {(list) => <Editor key={version} current={file} models={list} accounts={accounts.data?.items ?? nobody} />}
          </Loaded>
        </Stack>
      )}
    </Loaded>
  );
}

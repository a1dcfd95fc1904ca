import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Source } from '../../api/types';
import type { Page } from '../../api/types';
import { useMe, useNow, useZone } from '../../app/session';
import { ago } from '../../format/dates';
import { ConfirmButton } from '../../ui/confirm-button';
import { Panel } from '../../ui/panel';
import { Row, Rows, StateTag } from '../../ui/rows';
import { type Secret, SecretDialog } from '../../ui/secret-dialog';
import { Empty, Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { RejectsPanel } from './rejects-panel';
import { SourceDialog, kindWords } from './source-dialog';

type Keyed = { source: Source; key?: string };

const keyHint = 'Send events with this write key: as the user name of Basic authentication, or as a bearer token.';

function useSourceAction(onKey: (secret: Secret) => void) {
  return useChange({
    write: ({ id, verb }: { id: string; verb: 'rotate' | 'revoke' | 'close-import' }) =>
      api.post<Keyed>(`/sources/${id}/${verb}`),
    refresh: ['sources'],
    said: 'Done',
    onDone: (answer) => (answer?.key ? onKey({ title: 'New write key', value: answer.key, hint: keyHint }) : undefined),
  });
}

function SourceActions(props: {
  source: Source;
  run: ReturnType<typeof useSourceAction>;
  onRejects: () => void;
}): ReactNode {
  const { source, run } = props;
  const common = { size: 'compact-sm', variant: 'default', about: source.name } as const;
  const isOver = source.state === 'revoked' || source.state === 'closed';
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={props.onRejects}
        aria-label={`Rejected events of ${source.name}`}
      >
        Rejected
      </Button>
      {source.mode === 'import' && !isOver ? (
        <ConfirmButton
          {...common}
          label="Close import"
          question="Its accounts are evaluated once. Conditions that are already true open as pre-existing, without a push."
          onConfirm={() => run.mutate({ id: source.id, verb: 'close-import' })}
        />
      ) : null}
      {isOver ? null : (
        <>
          <ConfirmButton
            {...common}
            label="New key"
            question="A new write key is made. Change it where events are sent."
            onConfirm={() => run.mutate({ id: source.id, verb: 'rotate' })}
          />
          <ConfirmButton
            {...common}
            label="Revoke"
            question="Nothing more is accepted from this source. What it has sent is kept."
            onConfirm={() => run.mutate({ id: source.id, verb: 'revoke' })}
          />
        </>
      )}
    </>
  );
}

function SourceRow({ source, onKey }: { source: Source; onKey: (secret: Secret) => void }): ReactNode {
  const isAdmin = useMe().person.role === 'admin';
  const now = useNow();
  const zone = useZone();
  const run = useSourceAction(onKey);
  const [showRejects, setShowRejects] = useState(false);
  const used = source.lastUsedAt ? `last event ${ago(source.lastUsedAt, now, zone)}` : 'no event yet';
  const toggle = (): void => setShowRejects((shown) => !shown);
  return (
    <Row
      title={source.name}
      sub={`${kindWords[source.kind]} · ${source.mode === 'import' ? 'history import' : 'live'} · key ${source.keyPrefix ?? '–'}… · ${used}`}
      state={<StateTag state={source.state} />}
      actions={isAdmin ? <SourceActions source={source} run={run} onRejects={toggle} /> : null}
    >
      {showRejects ? <RejectsPanel sourceId={source.id} /> : null}
    </Row>
  );
}

/** Where events come from: each source with its key, its state and what of it was refused. */
export function SourcesPage(): ReactNode {
  const isAdmin = useMe().person.role === 'admin';
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const sources = useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => api.get<Page<Source>>('/sources', {}, signal),
  });
  const add = (
    <Button size="sm" onClick={() => setMaking(true)}>
      Add a source
    </Button>
  );
  return (
    <Panel title="Sources" hint="What sends events here" aside={isAdmin ? add : null}>
      <Loaded query={sources}>
        {(data) =>
          data.items.length > 0 ? (
            <Rows>
              {data.items.map((source) => (
                <SourceRow key={source.id} source={source} onKey={setSecret} />
              ))}
            </Rows>
          ) : (
            <Empty title="No source yet">
              Add one, then point your Segment library at this server or send CloudEvents with its key.
            </Empty>
          )
        }
      </Loaded>
      <SourceDialog
        opened={making}
        onClose={() => setMaking(false)}
        onMade={(key) => setSecret({ title: 'Write key', value: key, hint: keyHint })}
      />
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </Panel>
  );
}

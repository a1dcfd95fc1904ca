import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import type { Source } from '../../api/types';
import { ConfirmButton } from '../../ui/confirm-button';
import type { Secret } from '../../ui/secret-dialog';
import { toastDone } from '../../ui/toast';
import { useChange } from '../../ui/use-change';

export const keyHint =
  'Send events with this write key: as the user name of Basic authentication, or as a bearer token.';

type Verb = 'rotate' | 'revoke' | 'close-import' | 'pause' | 'resume';

function useSourceAction(source: Source, onKey: (secret: Secret) => void) {
  const change = useChange({
    write: async (verb: Verb) => ({ verb, ...(await api.post<{ key?: string }>(`/sources/${source.id}/${verb}`)) }),
    refresh: ['sources'],
    onDone: ({ verb, key }) => {
      if (key) onKey({ title: 'New write key', value: key, hint: `${keyHint} The old one works for another day.` });
      // Nothing is lost by pausing, so it asks nothing and can be taken back.
      else if (verb === 'pause') toastDone(`${source.name} is paused`, () => change.mutate('resume'));
      else toastDone('Done');
    },
  });
  return change;
}

/** What an admin can do with a source: nothing more once it is revoked or closed. */
export function SourceActions(props: { source: Source; onKey: (secret: Secret) => void }): ReactNode {
  const { source } = props;
  const run = useSourceAction(source, props.onKey);
  const common = { size: 'compact-sm', variant: 'default', about: source.name } as const;
  if (source.state === 'revoked' || source.state === 'closed') return null;
  const isPaused = source.state === 'paused';
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={run.isPending}
        aria-label={`${isPaused ? 'Resume' : 'Pause'} ${source.name}`}
        onClick={() => run.mutate(isPaused ? 'resume' : 'pause')}
      >
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      {source.mode === 'import' ? (
        <ConfirmButton
          {...common}
          label="Close import"
          question="Its accounts are evaluated once. Conditions that are already true open as pre-existing, without a push."
          onConfirm={() => run.mutate('close-import')}
        />
      ) : null}
      {source.kind === 'webhook' ? null : (
        <ConfirmButton
          {...common}
          label="New key"
          question="A new write key is made. Change it where events are sent: the old one works for another day."
          onConfirm={() => run.mutate('rotate')}
        />
      )}
      <ConfirmButton
        {...common}
        label="Revoke"
        question="Within five seconds nothing more is accepted from this source. What it has sent is kept."
        onConfirm={() => run.mutate('revoke')}
      />
    </>
  );
}

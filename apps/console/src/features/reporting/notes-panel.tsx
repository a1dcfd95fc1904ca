import { Button, Group, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Note } from '../../api/types';
import { useCanWrite, useMe, useNow, useZone } from '../../app/session';
import { ago } from '../../format/dates';
import { Panel } from '../../ui/panel';
import { Loaded } from '../../ui/states';
import { toastDone, toastFailed } from '../../ui/toast';
import { notesQuery } from './account.queries';
import styles from './account.module.css';

interface Change {
  method: 'create' | 'edit' | 'remove' | 'restore';
  id?: string;
  text: string;
}

/** Writes, edits and deletes notes; edits and deletions can be undone: the note comes back with its author and time. */
function useNotes(accountId: string): (change: Change, said?: string, undo?: Change) => void {
  const client = useQueryClient();
  const path = `/accounts/${encodeURIComponent(accountId)}/notes`;
  const mutation = useMutation({
    mutationFn: ({ method, id, text }: Change) => {
      if (method === 'create') return api.post(path, { text });
      if (method === 'remove') return api.delete(`/notes/${id}`);
      return api.patch(`/notes/${id}`, method === 'edit' ? { text } : { deleted: false });
    },
    onError: (error) => toastFailed(error, 'The note was not saved'),
    onSettled: () => client.invalidateQueries({ queryKey: ['account', accountId] }),
  });
  return (change, said, undo) =>
    mutation.mutate(change, {
      onSuccess: () => (said ? toastDone(said, undo ? () => mutation.mutate(undo) : undefined) : undefined),
    });
}

function Editor(props: {
  initial?: string;
  label: string;
  onSave: (text: string) => void;
  onCancel?: () => void;
}): ReactNode {
  const [text, setText] = useState(props.initial ?? '');
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (!text.trim()) return;
    props.onSave(text.trim());
    setText('');
  };
  return (
    <form onSubmit={save}>
      <Textarea
        aria-label={props.label}
        placeholder="What should the next person know?"
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        autoFocus={props.initial !== undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save(event);
          if (event.key === 'Escape') props.onCancel?.();
        }}
      />
      <Group gap={8} mt={8} mb={6}>
        <Button type="submit" size="compact-sm" disabled={!text.trim()}>
          Save
        </Button>
        {props.onCancel ? (
          <Button size="compact-sm" variant="default" onClick={props.onCancel}>
            Cancel
          </Button>
        ) : null}
      </Group>
    </form>
  );
}

function NoteItem({ note, change }: { note: Note; change: ReturnType<typeof useNotes> }): ReactNode {
  const { person } = useMe();
  const now = useNow();
  const zone = useZone();
  const [editing, setEditing] = useState(false);
  const mine = person.id === note.author.id || person.role === 'admin';
  const edit = (text: string): void => {
    setEditing(false);
    if (text === note.text) return;
    change({ method: 'edit', id: note.id, text }, 'Note changed', { method: 'edit', id: note.id, text: note.text });
  };
  const remove = (): void =>
    change({ method: 'remove', id: note.id, text: '' }, 'Note deleted', { method: 'restore', id: note.id, text: '' });
  if (editing) {
    return (
      <li>
        <Editor label="Edit the note" initial={note.text} onSave={edit} onCancel={() => setEditing(false)} />
      </li>
    );
  }
  return (
    <li>
      <div className={styles.note}>{note.text}</div>
      <div className={styles.noteFoot}>
        <span>
          {note.author.name} · {ago(note.createdAt, now, zone)}
          {note.editedAt ? ' · edited' : ''}
        </span>
        {mine ? (
          <>
            <Button size="compact-xs" variant="subtle" onClick={() => setEditing(true)}>
              Edit
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={remove}>
              Delete
            </Button>
          </>
        ) : null}
      </div>
    </li>
  );
}

export function NotesPanel({ accountId }: { accountId: string }): ReactNode {
  const notes = useQuery(notesQuery(accountId));
  const canWrite = useCanWrite();
  const change = useNotes(accountId);
  return (
    <Panel title="Notes">
      {canWrite ? <Editor label="New note" onSave={(text) => change({ method: 'create', text })} /> : null}
      <Loaded query={notes} rows={3}>
        {(data) => (
          <ul className={styles.list}>
            {data.items.map((note) => (
              <NoteItem key={note.id} note={note} change={change} />
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

/** A note as it is kept. */
export interface Note {
  readonly noteId: string;
  readonly accountId: string;
  readonly text: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** What somebody wants of a note: another text, or the deleted note back. */
export interface NoteChange {
  readonly text?: string;
  readonly deleted?: boolean;
}

/** Notes are changed by who wrote them, and by admins. */
export function mayChange(note: Note, caller: { readonly subject: string; readonly role: string }): boolean {
  return caller.role === 'admin' || note.authorId === caller.subject;
}

/** The note after the change. Bringing it back, or saying the same again, is no edit. */
export function changed(note: Note, change: NoteChange, now: Date): Note {
  const text = change.text ?? note.text;
  const deletedAt = change.deleted === undefined ? note.deletedAt : change.deleted ? (note.deletedAt ?? now) : null;
  return { ...note, text, deletedAt, editedAt: text === note.text ? note.editedAt : now };
}

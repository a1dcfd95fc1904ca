import type { Tx } from '@tenure/platform';
import type { Note } from './note.domain';

interface NoteRecord {
  readonly note_id: string;
  readonly account_id: string;
  readonly text: string;
  readonly author_id: string;
  readonly author_name: string;
  readonly created_at: Date;
  readonly edited_at: Date | null;
  readonly deleted_at: Date | null;
}

export class NoteRepository {
  /** The note, deleted or not, held until the transaction ends. */
  async lock(tx: Tx, tenantId: string, noteId: string): Promise<Note | undefined> {
    const [row] = await tx.query<NoteRecord>(
      'select * from notes where tenant_id = $1 and note_id::text = lower($2) for update',
      [tenantId, noteId],
    );
    return row && noteOf(row);
  }

  async save(tx: Tx, tenantId: string, note: Note): Promise<void> {
    await tx.query(
      `insert into notes (tenant_id, account_id, note_id, text, author_id, author_name, created_at, edited_at, deleted_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (tenant_id, account_id, note_id) do update set text = excluded.text, edited_at = excluded.edited_at,
         deleted_at = excluded.deleted_at`,
      [
        ...[tenantId, note.accountId, note.noteId, note.text, note.authorId, note.authorName],
        ...[note.createdAt, note.editedAt, note.deletedAt],
      ],
    );
  }
}

export function noteOf(row: NoteRecord): Note {
  return {
    noteId: row.note_id,
    accountId: row.account_id,
    text: row.text,
    authorId: row.author_id,
    authorName: row.author_name,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
  };
}

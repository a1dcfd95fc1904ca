import type { NoteBody } from '@tenure/contracts';
import { decodeCursor, pageOf, type Page, type Tx } from '@tenure/platform';
import type { Note } from './note.domain';

interface Row {
  readonly id: string;
  readonly text: string;
  readonly author_id: string;
  readonly author_name: string;
  readonly created_at: Date;
  readonly edited_at: Date | null;
}

/** The notes of an account that are not deleted, the latest first. */
export class NotesReadModel {
  async list(
    tx: Tx,
    account: { tenantId: string; accountId: string },
    limit: number,
    cursor?: string,
  ): Promise<Page<NoteBody>> {
    const [at = null, id = null] = decodeCursor(cursor, 2) ?? [];
    const rows = await tx.query<Row>(
      `select note_id::text as id, text, author_id, author_name, created_at, edited_at from notes
       where tenant_id = $1 and account_id = $2 and deleted_at is null
         and ($3::timestamptz is null or (created_at, note_id::text) < ($3::timestamptz, $4::text))
       order by created_at desc, note_id::text desc limit $5`,
      [account.tenantId, account.accountId, at, id, limit + 1],
    );
    const page = pageOf(rows, limit, (last) => [last.created_at.toISOString(), last.id]);
    const items = page.items.map((row) => ({
      id: row.id,
      text: row.text,
      author: { id: row.author_id, name: row.author_name },
      createdAt: row.created_at.toISOString(),
      editedAt: row.edited_at?.toISOString() ?? null,
    }));
    return { items, nextCursor: page.nextCursor };
  }
}

export function noteBody(note: Note): NoteBody {
  return {
    id: note.noteId,
    text: note.text,
    author: { id: note.authorId, name: note.authorName },
    createdAt: note.createdAt.toISOString(),
    editedAt: note.editedAt?.toISOString() ?? null,
  };
}

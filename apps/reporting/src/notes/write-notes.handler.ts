import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CallerIdentity, Clock, Database, Problem, type Tx } from '@tenure/platform';
import { LiveChangesRepository } from '../live/live-changes.repository';
import { ProfileReadModel } from '../profile/profile.read-model';
import { TimelineRepository } from '../timeline/timeline.repository';
import { changed, mayChange, type Note, type NoteChange } from './note.domain';
import { NoteRepository } from './note.repository';

/** Writes, changes, deletes and brings back notes, each with its line on the timeline. */
@Injectable()
export class WriteNotesHandler {
  private readonly notes = new NoteRepository();
  private readonly profiles = new ProfileReadModel();
  private readonly timeline = new TimelineRepository();
  private readonly live = new LiveChangesRepository();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `conflict` for an account that was merged into another */
  create({ tenant, subject, name }: CallerIdentity, accountId: string, text: string): Promise<Note> {
    return this.database.write([tenant], async (tx) => {
      const { mergedInto } = await this.profiles.mustExist(tx, tenant, accountId);
      if (mergedInto !== null) throw new Problem('conflict', `The account goes on as ${mergedInto}.`);
      const author = { authorId: subject, authorName: name };
      const times = { createdAt: this.clock.now(), editedAt: null, deletedAt: null };
      return this.save(tx, tenant, { noteId: randomUUID(), accountId, text, ...author, ...times });
    });
  }

  /** @throws Problem `not-found`, `forbidden` for anybody but the author and admins */
  change(caller: CallerIdentity, noteId: string, change: NoteChange): Promise<Note> {
    return this.database.write([caller.tenant], async (tx) => {
      const note = await this.notes.lock(tx, caller.tenant, noteId);
      const back = change.deleted === false;
      if (!note || (note.deletedAt !== null && !back)) throw new Problem('not-found', 'There is no such note.');
      if (!mayChange(note, caller)) throw new Problem('forbidden', 'Only its author and admins change a note.');
      return this.save(tx, caller.tenant, changed(note, change, this.clock.now()));
    });
  }

  private async save(tx: Tx, tenantId: string, note: Note): Promise<Note> {
    await this.notes.save(tx, tenantId, note);
    const line = { tenantId, accountId: note.accountId, itemId: `note:${note.noteId}` };
    if (note.deletedAt !== null) await this.timeline.remove(tx, line);
    else {
      const title = `Note by ${note.authorName}`;
      const at = note.createdAt.toISOString();
      await this.timeline.put(tx, { ...line, at, kind: 'note', title, detail: note.text, severity: null, link: null });
    }
    await this.live.announce(tx, [line], ['timeline']);
    return note;
  }
}

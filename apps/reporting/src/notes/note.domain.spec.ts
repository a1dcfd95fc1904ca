import { changed, mayChange, type Note } from './note.domain';

const now = new Date('2026-03-10T12:00:00Z');
const note: Note = {
  noteId: 'n',
  accountId: 'a',
  text: 'Call Jana',
  authorId: 'person-1',
  authorName: 'Ada',
  createdAt: new Date('2026-03-01T12:00:00Z'),
  editedAt: null,
  deletedAt: null,
};

it('a note is changed by its author and by admins only', () => {
  expect(mayChange(note, { subject: 'person-1', role: 'csm' })).toBe(true);
  expect(mayChange(note, { subject: 'person-2', role: 'admin' })).toBe(true);
  expect(mayChange(note, { subject: 'person-2', role: 'leader' })).toBe(false);
});

it('another text is an edit, the same text and coming back are none', () => {
  expect(changed(note, { text: 'Call Kim' }, now)).toMatchObject({ text: 'Call Kim', editedAt: now });
  expect(changed(note, { text: 'Call Jana' }, now)).toEqual(note);
  const gone = changed(note, { deleted: true }, now);
  expect(gone).toMatchObject({ deletedAt: now, editedAt: null });
  expect(changed(gone, { deleted: false }, now)).toEqual(note);
});

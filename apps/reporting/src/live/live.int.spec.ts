import type { NoteBody, TimelineBody } from '@tenure/contracts';
import { build, callerToken, eventually, startTestService, type TestService } from '@tenure/testing';
import { service } from '../reporting.service';

let reporting: TestService;

/** Events take their time where many suites share a broker. */
const soon = <T>(attempt: () => T | Promise<T>): Promise<T> => eventually(attempt, { timeoutMs: 30_000 });

beforeAll(async () => {
  const env = { LIVE_HEARTBEAT_MS: '300', RATE_LIMIT_PER_MINUTE: '0' };
  reporting = await startTestService('reporting', service, { env });
  await reporting.kafka.produce(build.account({ name: 'Mine' }, { account: 'mine' }));
  await soon(async () => {
    if (!(await call('GET', '/accounts/mine')).ok) throw new Error('The account is not there yet.');
  });
});
afterAll(() => reporting?.stop());

async function call(method: string, path: string, body?: object, caller = {}): Promise<Response> {
  return fetch(`${reporting.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await callerToken('reporting', caller)}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Reads a stream on the side; `text()` is what has come so far. */
async function listen(caller = {}) {
  const response = await call('GET', '/live', undefined, caller);
  let text = '';
  let ended = false;
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
    ended = true;
  })().catch(() => (ended = true));
  return { response, reading, text: () => text, ended: () => ended };
}

describe('notes', () => {
  it('are written, edited, deleted and brought back, with a line on the timeline', async () => {
    const created = await call('POST', '/accounts/mine/notes', { text: '  Call Jana  ' });
    expect(created.status).toBe(201);
    const note = (await created.json()) as NoteBody;
    expect(note).toEqual({
      id: expect.any(String),
      text: 'Call Jana',
      author: { id: 'person-1', name: 'Ada Admin' },
      createdAt: expect.any(String),
      editedAt: null,
    });
    const edited = await call('PATCH', `/notes/${note.id}`, { text: 'Call Kim' });
    expect(await edited.json()).toMatchObject({ text: 'Call Kim', editedAt: expect.any(String) });
    const lines = async () => ((await (await call('GET', '/accounts/mine/timeline')).json()) as TimelineBody).items;
    expect((await lines())[0]).toMatchObject({ kind: 'note', title: 'Note by Ada Admin', detail: 'Call Kim' });
    expect((await call('DELETE', `/notes/${note.id}`)).status).toBe(204);
    expect((await lines()).map((line) => line.kind)).not.toContain('note');
    expect((await call('DELETE', `/notes/${note.id}`)).status).toBe(404);
    expect((await call('PATCH', `/notes/${note.id}`, { deleted: false })).status).toBe(200);
    const list = (await (await call('GET', '/accounts/mine/notes')).json()) as { items: NoteBody[] };
    expect(list.items.map((each) => each.text)).toEqual(['Call Kim']);
  });

  it('are written by CSMs and above, and changed by who wrote them or an admin', async () => {
    const csm = { role: 'csm' as const, subject: 'person-7' };
    expect((await call('POST', '/accounts/mine/notes', { text: 'x' }, { role: 'viewer' })).status).toBe(403);
    const note = (await (await call('POST', '/accounts/mine/notes', { text: 'Mine' }, csm)).json()) as NoteBody;
    expect((await call('PATCH', `/notes/${note.id}`, { text: 'y' }, { ...csm, subject: 'person-8' })).status).toBe(403);
    expect((await call('PATCH', `/notes/${note.id}`, { text: 'y' }, csm)).status).toBe(200);
    expect((await call('DELETE', `/notes/${note.id}`)).status).toBe(204);
  });

  it('refuse what is no note, with a pointer', async () => {
    for (const [body, pointer] of [
      [{ text: ' ' }, '/text'],
      [{ text: 'a\u0000b' }, '/text'],
      [{ text: 'a', colour: 1 }, '/colour'],
    ] as const) {
      const refused = await call('POST', '/accounts/mine/notes', body);
      expect([refused.status, await refused.json()]).toMatchObject([400, { errors: [{ pointer }] }]);
    }
    expect((await call('POST', '/accounts/nobody/notes', { text: 'x' })).status).toBe(404);
    expect((await call('PATCH', '/notes/nothing', { text: 'x' })).status).toBe(404);
  });
});

describe('the live stream', () => {
  it('tells of a change within a second or so, only to the tenant it belongs to, and keeps itself open', async () => {
    const mine = await listen();
    const theirs = await listen({ tenant: 'globex' });
    expect(mine.response.headers.get('content-type')).toContain('text/event-stream');
    await soon(() => expect(mine.text()).toContain(': connected'));
    await reporting.kafka.produce(build.ticket({}, { account: 'mine' }));
    await soon(() =>
      expect(mine.text()).toContain('event: change\ndata: {"accountId":"mine","what":["timeline"]}\n\n'),
    );
    await soon(() => expect(theirs.text()).toContain(': still here'));
    expect(theirs.text()).not.toContain('mine');
    expect((await fetch(`${reporting.url}/api/v1/live`)).status).toBe(401);
  });

  it('ends when the service stops', async () => {
    const stream = await listen();
    const before = Date.now();
    await reporting.stop();
    await stream.reading;
    expect(stream.ended()).toBe(true);
    expect(Date.now() - before).toBeLessThan(8_000);
  });
});

import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { topics, type UsageRecorded } from '@tenure/contracts';
import { callerToken, type Collector, eventually, startTestService, type TestService } from '@tenure/testing';

import { service } from '../ingestion.service';
import type { ImportJob } from './import-job.domain';
import type { ImportPreview } from './preview-file.handler';

let ingestion: TestService;
let usage: Collector;
let sourceId: string;
let authorization: string;

const call = async <T>(method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}) => {
  const response = await fetch(ingestion.url + path, {
    method,
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'text/csv' }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, text, body: (text.startsWith('{') ? JSON.parse(text) : undefined) as T };
};
const send = (kind: string, body: string | Buffer, query = '', headers = {}) =>
  call<ImportJob & { detail: string }>(
    'POST',
    `/api/v1/sources/${sourceId}/imports?kind=${kind}${query}`,
    body,
    headers,
  );

const rowsOf = (account: string, count: number): string =>
  `accountId,userId,event,time\n${Array.from({ length: count }, (_, at) => `${account},u${at},Opened,2026-01-01T00:00:${String(at % 60).padStart(2, '0')}Z\n`).join('')}`;
const eventsOf = (account: string, count: number) =>
  usage.waitFor<UsageRecorded>(count, (each) => each.subject === account);

beforeAll(async () => {
  ingestion = await startTestService('ingestion', service, { env: { IMPORT_ERRORS_LIMIT: '5', IMPORTS_AT_ONCE: '2' } });
  usage = await ingestion.kafka.consume(topics.usageEvents);
  authorization = `Bearer ${await callerToken('ingestion')}`;
  const made = await fetch(`${ingestion.url}/api/v1/sources`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'History', kind: 'csv', mode: 'import' }),
  });
  sourceId = ((await made.json()) as { source: { id: string } }).source.id;
}, 180_000);

afterAll(() => ingestion?.stop());

describe('An import', () => {
  it('takes good rows, holds those of unknown accounts, refuses bad ones by row and column', async () => {
    const { status, body } = await send(
      'usage',
      'accountId,accountRef.crm,userId,event,time\nmix,,ada,Opened,2026-01-01\n,77,bob,Opened,2026-01-01\nmix,,eve,,03/04/2026\n',
      '&fileName=mix.csv',
    );
    expect([status, body]).toMatchObject([
      200,
      {
        state: 'done',
        kind: 'usage',
        fileName: 'mix.csv',
        rowsRead: 3,
        accepted: 1,
        held: 1,
        rejected: 1,
        dryRun: false,
      },
    ]);
    const [event] = await eventsOf('mix', 1);
    expect(event).toMatchObject({ knownat: '2026-01-01T12:00:00.000Z', source: `/sources/${sourceId}` });
    const errors = await call('GET', `/api/v1/imports/${body.id}/errors`);
    expect(errors.text).toBe(
      'row,column,code,detail,accountId,accountRef.crm,userId,event,time\r\n' +
        '4,time,ambiguous-date,"time holds ""03/04/2026"", which can be read in two ways: say day-first or month-first (dateFormat).",mix,,eve,,03/04/2026\r\n' +
        '4,event,missing-field,event must not be empty.,mix,,eve,,03/04/2026\r\n',
    );
  });

  it('guards its error file against formulas', async () => {
    const { body } = await send('usage', 'accountId,userId,event,time\na,"=HYPERLINK(""http://x"")",e,soon\n');
    const { text } = await call('GET', `/api/v1/imports/${body.id}/errors`);
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  it('of the same rows publishes the same events, in any file', async () => {
    await send('usage', rowsOf('again', 3));
    await send('usage', gzipSync(rowsOf('again', 4)), '', { 'content-encoding': 'gzip' });
    const ids = (await eventsOf('again', 7)).map((event) => event.id);
    expect(new Set(ids).size).toBe(4);
  });

  it('that is a dry run says the same and takes nothing', async () => {
    const { body } = await send(
      'usage',
      'account,event,time,user\ndry,e,2026-01-01,u\n,e,2026-01-01,nobody\ndry,e,x,u\n',
      '&dryRun=true',
    );
    expect(body).toMatchObject({ dryRun: true, state: 'done', accepted: 1, held: 1, rejected: 1 });
    await send('usage', rowsOf('wet', 1));
    await eventsOf('wet', 1);
    expect(await usage.waitFor(0, (each) => each.subject === 'dry')).toEqual([]);
  });

  it('with too many bad rows is given up, and what was taken stays told', async () => {
    const { body } = await send('usage', `accountId,event,time\n${'a,e,never\n'.repeat(7)}`);
    expect(body).toMatchObject({ state: 'failed', rejected: 7, detail: expect.stringContaining('More than 5') });
  });

  it.each([
    ['usage', 'when,what\n1,2\n', 400, 'No column is mapped to event, time, accountId'],
    ['usage', Buffer.from('accountId,event,time\na,b,c', 'utf16le'), 400, 'UTF-16'],
    ['nonsense', 'a\n1\n', 400, 'kind'],
  ])('of %s that cannot be read is refused at the door', async (kind, text, status, words) => {
    const answer = await send(kind, text);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
  });

  it('goes nowhere but into an open source for files', async () => {
    const to = (id: string) => call('POST', `/api/v1/sources/${id}/imports?kind=usage`, 'a\n');
    expect((await to('nothing')).status).toBe(404);
    const json = await call('POST', `/api/v1/sources/${sourceId}/imports?kind=usage`, '{}', {
      'content-type': 'application/json',
    });
    expect(json.status).toBe(415);
  });
});

describe('A preview', () => {
  it('says what each column means and what each row becomes', async () => {
    const { body } = await call<ImportPreview>(
      'POST',
      `/api/v1/sources/${sourceId}/imports/preview?kind=accounts&map=${encodeURIComponent('Our No=accountId')}`,
      'Our No;Company;ARR;Colour\n7;Acme;1.200,50;red\n8;Globex;1200;\n',
    );
    expect(body).toMatchObject({
      delimiter: ';',
      columns: [{ field: 'accountId' }, { field: 'name' }, { field: 'arr' }, { header: 'Colour', field: null }],
      missing: [],
      rows: [
        { row: 2, outcome: 'rejected', issues: [{ column: 'ARR', code: 'ambiguous-number' }], events: [] },
        { row: 3, outcome: 'accepted', events: [{ data: { accountId: '8', name: 'Globex', arr: 1200 } }] },
      ],
    });
  });
});

describe('An import on its way', () => {
  /** Sends a head of a file and leaves the rest to come. */
  function open(importId: string, head: string) {
    const outgoing = request(`${ingestion.url}/api/v1/sources/${sourceId}/imports?kind=usage&importId=${importId}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/csv' },
    });
    outgoing.on('error', () => undefined);
    outgoing.write(head);
    return outgoing;
  }
  const jobOf = async (id: string) => (await call<ImportJob>('GET', `/api/v1/imports/${id}`)).body;
  const reaches = (id: string, expected: object) =>
    eventually(async () => expect(await jobOf(id)).toMatchObject(expected));

  it('shows how far it is, and is cancelled after the rows that it is at', async () => {
    const outgoing = open('cancel-me', rowsOf('cancel', 1_500));
    await reaches('cancel-me', { state: 'running', rowsRead: 1_000, accepted: 1_000 });
    expect((await call('POST', '/api/v1/imports/cancel-me/cancel')).status).toBe(200);
    outgoing.end(rowsOf('cancel', 3_000).split('\n').slice(1).join('\n'));
    await reaches('cancel-me', { state: 'cancelled', rowsRead: 2_000 });
    expect((await call('POST', '/api/v1/imports/cancel-me/cancel')).status).toBe(409);
    const { body } = await call<{ items: ImportJob[] }>('GET', '/api/v1/imports?limit=2');
    expect(body.items.map(({ id }) => id)).toContain('cancel-me');
  });

  it('that broke off goes on where it was with the same file, and with no other', async () => {
    const file = rowsOf('resume', 2_500);
    const outgoing = open('resume-me', file.slice(0, file.length / 2));
    await reaches('resume-me', { rowsRead: 1_000 });
    outgoing.destroy();
    await reaches('resume-me', { state: 'interrupted', detail: 'The file ended before its end.' });
    const other = await send('usage', rowsOf('other', 2_500), '&importId=resume-me');
    expect([other.status, other.text]).toEqual([503, expect.stringContaining('another file')]);
    const { body } = await send('usage', file, '&importId=resume-me');
    expect(body).toMatchObject({ state: 'done', rowsRead: 2_500, accepted: 2_500 });
    const ids = (await eventsOf('resume', 2_500)).map((event) => event.id);
    await sleep(200);
    expect([ids.length, new Set(ids).size]).toEqual([2_500, 2_500]);
    expect((await send('usage', file, '&importId=resume-me')).status).toBe(409);
  });
});

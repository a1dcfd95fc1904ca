import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isRefusal } from '../intake/candidate.domain';
import { delimiterOf } from './file-format.domain';
import { mapColumns, missingFields, readMapping, UnusableFile } from './import-columns.domain';
import { type CellStyle, type ImportKind, importKinds } from './import-field.domain';
import { ImportRows } from './import-rows.domain';
import { shapeOf } from './import-shapes.domain';
import { openCsv } from './read-csv.handler';
import { Occurrences } from './row-identity.domain';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

async function* chunks(text: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Options extends CellStyle {
  readonly map?: string[];
  readonly chunk?: number;
}

async function read(kind: ImportKind, text: string | Buffer, { map = [], chunk = 7, ...style }: Options = {}) {
  const file = await openCsv(chunks(text, chunk));
  const shape = shapeOf(kind);
  const columns = mapColumns(shape, file.header, readMapping(map));
  const arrival = { tenantId: 't', sourceId: 's1', importing: true, receivedMs: Date.parse('2026-06-01T00:00:00Z') };
  const plan = { shape, columns, style, arrival, eventLimitBytes: 32_768, digest };
  const rows = new ImportRows(plan, new Occurrences(16), new Occurrences());
  const items = [];
  for await (const { flaw, ...row } of file.rows) items.push(...rows.add(row, flaw));
  items.push(...rows.finish());
  const events = items.flatMap(({ item }) => (isRefusal(item.outcome) ? [] : item.outcome.events));
  const issues = items.flatMap((each) => each.issues);
  return { file, columns, items, events, issues, missing: missingFields(shape, columns) };
}

describe('A row of a CSV file', () => {
  it('becomes the event of its kind, at its own time, known then', async () => {
    const { events, issues } = await read(
      'usage',
      'Account ID,User,Event Name,Timestamp,Count,properties.browser\r\nacme,ada,"Report, exported",2026-03-01 10:00,3,Firefox\r\n',
    );
    expect(issues).toEqual([]);
    expect(events).toMatchObject([
      {
        source: '/sources/s1',
        accountId: 'acme',
        timeMs: Date.parse('2026-03-01T10:00:00Z'),
        knownMs: Date.parse('2026-03-01T10:00:00Z'),
        data: { userId: 'ada', event: 'Report, exported', quantity: 3, properties: { browser: 'Firefox' } },
      },
    ]);
  });

  it.each([
    [',', 'accountId,name\na,"x ""y"" z"\n'],
    [';', '\ufeffaccountId;name\r\na;"x ""y"" z"'],
    ['\t', 'accountId\tname\na\t"x ""y"" z"\n\n'],
    ['|', 'accountId|name\ra|"x ""y"" z"'],
  ])('is read with "%s" between cells, with or without BOM, with any line end', async (delimiter, text) => {
    const { file, events } = await read('accounts', text);
    expect(file.delimiter).toBe(delimiter);
    expect(events.map(({ data }) => data)).toEqual([{ accountId: 'a', name: 'x "y" z' }]);
  });

  it('keeps its place in the file: blank lines and line breaks in cells do not move it', async () => {
    const { issues } = await read('accounts', 'accountId,name,arr\na,"two\nlines",1\n\nb,x,much\n');
    expect(issues).toMatchObject([{ row: 4, column: 'arr', code: 'wrong-format' }]);
  });

  it('names every cell that is wrong, by the header of the file', async () => {
    const { issues } = await read('tickets', 'Account,Case Number,State,Prio\nacme,,nowhere,x\n', {
      map: ['Prio=priority'],
    });
    expect(issues).toMatchObject([
      { row: 2, column: 'State', code: 'wrong-value', detail: expect.stringContaining('waiting-on-us') },
      { row: 2, column: 'Prio', code: 'wrong-value' },
      { row: 2, column: 'Case Number', code: 'missing-field', detail: 'Case Number must not be empty.' },
    ]);
  });

  it('that is refused by the schema is refused by its column too', async () => {
    const { issues } = await read(
      'accounts',
      'id,Annual Recurring Revenue,currency,zone\na,1.234,EUR,Moon\nb,1.5,JPY,\n',
      {
        map: ['zone=timeZone'],
      },
    );
    expect(issues).toMatchObject([
      { row: 2, column: 'zone', code: 'wrong-value' },
      { row: 3, column: 'Annual Recurring Revenue', code: 'too-many-decimals' },
    ]);
  });

  it('with a stray quote or too many cells is refused, the others are not', async () => {
    const { issues, events } = await read('accounts', 'accountId,name\na,x"y\nb,good\nc,one,two\nd,fine\n');
    expect(issues).toMatchObject([
      { row: 2, code: 'stray-quote' },
      { row: 4, code: 'too-many-cells' },
    ]);
    expect(events.map((event) => event.accountId)).toEqual(['b', 'd']);
  });
});

describe('A date', () => {
  const timeOf = async (cell: string, style: CellStyle = {}) => {
    const { events, issues } = await read('usage', `accountId,event,time\na,e,"${cell}"\n`, style);
    return issues[0]?.code ?? new Date(events[0]?.timeMs ?? 0).toISOString();
  };

  it.each([
    ['2026-04-03T09:30:00+02:00', '2026-04-03T07:30:00.000Z'],
    ['2026-04-03 09:30', '2026-04-03T09:30:00.000Z'],
    ['2026/4/3 9:30:15 pm', '2026-04-03T21:30:15.000Z'],
    ['2026-04-03', '2026-04-03T12:00:00.000Z'],
    ['3 April 2026', '2026-04-03T12:00:00.000Z'],
    ['Apr 3, 2026 09:30', '2026-04-03T09:30:00.000Z'],
    ['03.04.2026', '2026-04-03T12:00:00.000Z'],
    ['1775208600', '2026-04-03T09:30:00.000Z'],
    ['1775208600000', '2026-04-03T09:30:00.000Z'],
    ['03/04/2026', 'ambiguous-date'],
    ['25/12/2025', 'ambiguous-date'],
    ['2026-02-30', 'wrong-format'],
    ['46115', 'wrong-format'],
    ['yesterday', 'wrong-format'],
  ])('%s is %s', async (cell, expected) => {
    expect(await timeOf(cell)).toBe(expected);
  });

  it('with slashes needs a format, and the refusal asks for it by the column', async () => {
    const { issues } = await read('usage', 'accountId,event,When\na,e,03/04/2026\n', { map: ['When=time'] });
    expect(issues[0]).toMatchObject({
      column: 'When',
      detail: expect.stringMatching(/^When holds "03\/04\/2026".*dateFormat/),
    });
    expect(await timeOf('03/04/2026', { dateFormat: 'day-first' })).toBe('2026-04-03T12:00:00.000Z');
    expect(await timeOf('03/04/2026', { dateFormat: 'month-first' })).toBe('2026-03-04T12:00:00.000Z');
  });

  it('without an offset is of the stated zone, in summer and in winter', async () => {
    const lisbon = { timeZone: 'America/New_York' };
    expect(await timeOf('2026-01-15 09:00', lisbon)).toBe('2026-01-15T14:00:00.000Z');
    expect(await timeOf('2025-07-15 09:00', lisbon)).toBe('2025-07-15T13:00:00.000Z');
  });
});

describe('A number', () => {
  const arr = async (cell: string, style: CellStyle = {}) => {
    const { events, issues } = await read('accounts', `accountId\tarr\na\t${cell}\n`, style);
    return issues[0]?.code ?? events[0]?.data['arr'];
  };

  it.each([
    ['1234.50', undefined, 1234.5],
    ['1,234.50', undefined, 'ambiguous-number'],
    ['1,234', undefined, 'ambiguous-number'],
    ['1,234.50', '.', 1234.5],
    ['1.234,50', ',', 1234.5],
    ["1'234", '.', 1234],
    ['$12', '.', 'wrong-format'],
    ['12 EUR', undefined, 'wrong-format'],
  ] as const)('%s with decimals by %s is %s', async (cell, decimal, expected) => {
    expect(await arr(cell, { decimal })).toBe(expected);
  });
});

describe('Columns', () => {
  it('are guessed from their headers, each field once, and mapped as told', async () => {
    const { columns } = await read('stakeholders', 'Contact Name,E-Mail,Mail,Job Title,Reports,Company ID\n', {
      map: ['Reports=reportsTo'],
    });
    expect(columns.map(({ field }) => field?.name)).toEqual([
      'name',
      'email',
      undefined,
      'title',
      'reportsTo',
      'accountId',
    ]);
  });

  it('that must be there and are not are named', async () => {
    expect((await read('usage', 'foo,bar\n')).missing).toEqual(['event', 'time', 'accountId']);
    expect((await read('accounts', 'name\n')).missing).toEqual(['accountId']);
    expect((await read('tickets', 'ticket,status,accountRef.zendesk\n')).missing).toEqual([]);
  });

  it.each([
    [['Nope=event'], 'There is no column "Nope"'],
    [['a=colour'], 'accounts have no field "colour"'],
    [['a'], 'no mapping'],
  ])('mapped as %j are refused', async (map, words) => {
    await expect(read('accounts', 'a,b\n1,2\n', { map })).rejects.toThrow(words);
  });
});

describe('A file', () => {
  it.each([
    ['empty', '', 'empty'],
    ['UTF-16', Buffer.from('\ufeffaccountId,name\na,b', 'utf16le'), 'UTF-16'],
    ['Latin-1', Buffer.from('accountId,name\na,caf\xe9\n', 'latin1'), 'not UTF-8'],
    ['a spreadsheet', Buffer.from([0x50, 0x4b, 3, 4, 20]), 'spreadsheet'],
    ['gzip', Buffer.from([0x1f, 0x8b, 8]), 'gzip'],
    ['with the same header twice', 'a,a\n', 'Two columns'],
    ['with a quote that does not end', `accountId,name\na,"${'x\n'.repeat(300_000)}`, 'Row 2 does not end'],
  ])('that is %s is refused in words that help', async (_, text, words) => {
    await expect(read('accounts', text, { chunk: 65_536 })).rejects.toThrow(UnusableFile);
    await expect(read('accounts', text, { chunk: 65_536 })).rejects.toThrow(words);
  });

  it('has the delimiter that its first line has most of, outside quotes', () => {
    expect(delimiterOf('"a,b,c";d;e\n1,2,3,4,5,6')).toBe(';');
    expect(delimiterOf('one')).toBe(',');
  });
});

describe('The identity of a row', () => {
  const ids = async (text: string, kind: ImportKind = 'usage') => (await read(kind, text)).events.map(({ id }) => id);
  const head = 'accountId,userId,event,time\n';
  const [a, b] = ['acme,ada,Exported,2026-03-01\n', 'acme,bob,Exported,2026-03-01\n'];

  it('is the same wherever the row stands, in every file', async () => {
    const [first, second] = await ids(head + a + b);
    expect(await ids(head + b + a)).toEqual([second, first]);
    expect(await ids(`event,time,accountId,userId,note\nExported,2026-03-01,acme,ada,x\n`)).toEqual([first]);
  });

  it('tells apart what happened twice alike; a state said twice is said once', async () => {
    const twice = await ids(head + a + a + b);
    expect(new Set(twice).size).toBe(3);
    expect(await ids(head + a + a)).toEqual(twice.slice(0, 2));
    expect(new Set(await ids('accountId,name\na,x\na,x\n', 'accounts')).size).toBe(1);
  });

  it('is the row’s own id where it has one', async () => {
    expect(await ids('accountId,event,time,Event ID\na,e,2026-03-01,x-1\na,f,2026-03-02,x-1\n')).toEqual([
      'csv:usage:id:x-1',
      'csv:usage:id:x-1',
    ]);
  });

  it('is counted exactly, however many rows there are', () => {
    const seen = new Occurrences(16);
    const digests = Array.from({ length: 5_000 }, (_, at) => digest(String(at)));
    expect(digests.every((each) => seen.next(each) === 0)).toBe(true);
    expect(digests.every((each) => seen.next(each) === 1)).toBe(true);
  });
});

describe('What needs more than one row, or makes more than one event', () => {
  const contracts = 'contractId,accountId,start,end,currency,product,arr,quantity\n';

  it('is a contract with a line for each of its rows', async () => {
    const { events, issues } = await read(
      'contracts',
      `${contracts}c1,acme,2026-01-01,2026-12-31,EUR,base,100,5\nc1,acme,2026-01-01,2026-12-31,EUR,extra,50,\nc2,acme,2026-01-01,2026-12-31,EUR,base,1,\n`,
    );
    expect(issues).toEqual([]);
    expect(events.map(({ data }) => data['lines'])).toEqual([
      [
        { lineId: 'line-1', product: 'base', kind: 'recurring', arr: 100, quantity: 5 },
        { lineId: 'line-2', product: 'extra', kind: 'recurring', arr: 50 },
      ],
      [{ lineId: 'line-1', product: 'base', kind: 'recurring', arr: 1 }],
    ]);
  });

  it('is a contract whose rows must stand together, and are refused together', async () => {
    const row = (id: string, arr: string) => `${id},acme,2026-01-01,2026-12-31,EUR,base,${arr},\n`;
    const { issues, items } = await read(
      'contracts',
      contracts + row('c1', '1') + row('c2', 'x') + row('c2', '2') + row('c1', '3'),
    );
    expect(issues).toMatchObject([
      { row: 3, column: 'arr' },
      { row: 5, column: 'contractId', code: 'rows-apart' },
    ]);
    expect(items.map(({ rows }) => rows.length)).toEqual([1, 2, 1]);
  });

  it('is a ticket that was opened once and is over: the past knows it as open in between', async () => {
    const { events, items } = await read(
      'tickets',
      'accountId,ticketId,status,created,resolved,csat\nacme,1,done,2026-01-01,2026-01-05,4\n',
    );
    expect(items).toHaveLength(1);
    expect(
      events.map(({ timeMs, data }) => [
        new Date(timeMs).toISOString().slice(0, 10),
        data['change'],
        data['status'],
        data['csat'],
      ]),
    ).toEqual([
      ['2026-01-01', 'opened', 'new', undefined],
      ['2026-01-05', 'solved', 'solved', 4],
    ]);
  });

  it('is every kind, with the least that it needs', async () => {
    const least: Record<ImportKind, string> = {
      accounts: 'id\nacme\n',
      contracts: 'contract,account,start,end,currency,arr\nc,acme,2026-01-01,2026-12-31,EUR,1\n',
      stakeholders: 'account,name,email\nacme,Ada,ADA@acme.com\n',
      users: 'account,user\nacme,ada\n',
      usage: 'account,event,time\nacme,e,2026-01-01\n',
      tickets: 'account,ticket,status\nacme,1,open\n',
      surveys: 'account,score,date\nacme,9,2026-01-01\n',
      touchpoints: 'account,type,start,attendees\nacme,call,2026-01-01 10:00,a@b.com|st-2\n',
      invoices: 'account,invoice,status,amount,currency,due\nacme,i,paid,10.50,EUR,2026-01-01\n',
    };
    for (const kind of importKinds) {
      const { issues, events, missing } = await read(kind, least[kind]);
      expect({ kind, issues, missing, events: events.length }).toEqual({ kind, issues: [], missing: [], events: 1 });
    }
  });
});

describe('The samples of the guide', () => {
  const sample = (name: string) => readFileSync(join(__dirname, '../../../../docs/guides/samples', `${name}.csv`));

  it.each([...importKinds])('%s need no mapping and have nothing wrong', async (kind) => {
    const { issues, missing, events } = await read(kind, sample(kind));
    expect({ issues, missing, some: events.length > 1 }).toEqual({ issues: [], missing: [], some: true });
  });

  it('with mistakes say what the guide says', async () => {
    const file = sample('usage-with-mistakes');
    const map = ['What=event', 'When=time'];
    const first = await read('usage', file, { map });
    expect(first.issues.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'When', 'ambiguous-date'],
      [3, 'What', 'missing-field'],
    ]);
    expect((await read('usage', file, { map, dateFormat: 'day-first' })).issues).toHaveLength(1);
  });
});

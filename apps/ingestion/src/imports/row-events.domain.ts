import type { ImportKind, ImportShape } from './import-field.domain';
import type { RowValues } from './row-data.domain';

/** What rows become: the data of an event and its times, before it has an identity. */
export interface RowEvent {
  readonly data: Readonly<Record<string, unknown>>;
  /** ISO 8601, UTC; without it, the time of the import. */
  readonly time?: string;
  readonly knownAt?: string;
  /** Its sender's own id. */
  readonly id?: string;
}

type Data = Record<string, unknown>;

/** Makes short ids of texts of any length. */
export type Digest = (text: string) => string;

/** Fields that are no part of an event's data. */
const aside = new Set(['id', 'time', 'knownAt']);
const lineFields = ['lineId', 'product', 'lineKind', 'metric', 'quantity', 'arr', 'lineStart', 'lineEnd'] as const;

/** The same text for the same content, in whatever order the columns stood. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** The events of one row, or of the rows of one contract. In the order in which they happened. */
export function eventsOfRows(shape: ImportShape, rows: readonly RowValues[], digest: Digest): RowEvent[] {
  const [first] = rows;
  if (!first) return [];
  const event = { data: plainData(shape, first), ...timesOf(first) };
  return finishers[shape.kind](event, rows, digest);
}

function plainData(shape: ImportShape, values: RowValues): Data {
  const data: Data = {};
  for (const [name, value] of values) {
    if (aside.has(name)) continue;
    const dot = name.indexOf('.');
    const path = dot > 0 ? [name.slice(0, dot), name.slice(dot + 1)] : placeOf(shape, name).split('/');
    put(data, path, value);
  }
  const ref = data['accountRef'];
  if (ref === undefined) return data;
  const [system, id] = Object.entries(ref as Record<string, unknown>)[0] ?? [];
  return { ...data, accountRef: { system, id } };
}

const placeOf = (shape: ImportShape, name: string): string =>
  shape.fields.find((field) => field.name === name)?.at ?? name;

function put(data: Data, path: readonly string[], value: unknown): void {
  const [name = '', inner] = path;
  if (inner === undefined) data[name] = value;
  else data[name] = { ...(data[name] as Data | undefined), [inner]: value };
}

function timesOf(values: RowValues): Pick<RowEvent, 'time' | 'knownAt' | 'id'> {
  const [time, knownAt, id] = [values.get('time'), values.get('knownAt'), values.get('id')];
  return {
    ...(time === undefined ? {} : { time: time.toString() }),
    ...(knownAt === undefined ? {} : { knownAt: knownAt.toString() }),
    ...(id === undefined ? {} : { id: id.toString() }),
  };
}

type Finish = (event: RowEvent, rows: readonly RowValues[], digest: Digest) => RowEvent[];
const asIs: Finish = (event) => [event];

const finishers: Readonly<Record<ImportKind, Finish>> = {
  accounts: ({ data: { csm, ...data }, ...times }) => [
    { ...times, data: { ...data, ...(csm === undefined ? {} : { team: [{ role: 'csm', email: csm }] }) } },
  ],
  users: asIs,
  usage: asIs,
  stakeholders: ({ data, ...times }) => [
    { ...times, data: { change: 'updated', ...data, stakeholderId: data['stakeholderId'] ?? lower(data['email']) } },
  ],
  contracts: ({ data, ...times }, rows) => [{ ...times, data: contractData(data, rows) }],
  tickets: ticketEvents,
  surveys: ({ data, ...times }, _, digest) => [
    {
      ...times,
      data: { kind: 'nps', ...data, responseId: data['responseId'] ?? `csv-${digest(canonicalText([data, times]))}` },
    },
  ],
  touchpoints: ({ data, ...times }, _, digest) => [touchpointEvent({ data, ...times }, digest)],
  invoices: ({ data, ...times }) => {
    const time = times.time ?? (data['paidAt'] as string | undefined);
    return [{ ...times, data, ...(time === undefined ? {} : { time }) }];
  },
};

const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

/** One line a row; what the lines have in common stands in the first. */
function contractData(data: Readonly<Data>, rows: readonly RowValues[]): Data {
  const own = Object.entries(data).filter(([name]) => !(lineFields as readonly string[]).includes(name));
  const lines = rows.map((values, at) => {
    const line: Data = {
      lineId: values.get('lineId') ?? `line-${at + 1}`,
      product: values.get('product') ?? 'subscription',
      kind: values.get('lineKind') ?? 'recurring',
      arr: values.get('arr'),
    };
    for (const name of ['metric', 'quantity']) if (values.has(name)) line[name] = values.get(name);
    if (values.has('lineStart')) line['start'] = values.get('lineStart');
    if (values.has('lineEnd')) line['end'] = values.get('lineEnd');
    return line;
  });
  return { status: 'active', ...Object.fromEntries(own), lines };
}

const changeOf: Readonly<Record<string, string>> = { solved: 'solved', closed: 'closed', new: 'opened' };

/** A ticket that is over is told as it was opened and as it ended, so that the past knows it as open in between. */
function ticketEvents({ data, ...times }: RowEvent): RowEvent[] {
  const status = String(data['status']);
  const whole = { change: changeOf[status] ?? 'updated', priority: 'normal', ...data };
  const [openedAt, solvedAt] = [data['openedAt'] as string | undefined, data['solvedAt'] as string | undefined];
  const time = times.time ?? solvedAt ?? openedAt;
  const last: RowEvent = { ...times, data: whole, ...(time === undefined ? {} : { time }) };
  if (openedAt === undefined || time === undefined || time <= openedAt) return [last];
  const { solvedAt: _solved, csat: _csat, sentiment: _mood, firstResponseAt: _first, ...begun } = whole as Data;
  const { reopenCount: _reopens, replyCount: _replies, ...opening } = begun;
  return [{ data: { ...opening, change: 'opened', status: 'new' }, time: openedAt }, last];
}

function touchpointEvent({ data, ...times }: RowEvent, digest: Digest): RowEvent {
  const outcome = data['outcome'] ?? 'held';
  const attended = outcome === 'held' ? { attended: true } : {};
  const people = data['attendees'] as readonly string[] | undefined;
  const attendees = people?.map((each) => (each.includes('@') ? { email: each } : { stakeholderId: each }));
  const id = data['touchpointId'] ?? `csv-${digest(canonicalText([data, times.time]))}`;
  return {
    ...times,
    time: times.time ?? String(data['startAt']),
    data: {
      ...data,
      touchpointId: id,
      outcome,
      ...(attendees ? { attendees: attendees.map((each) => ({ ...each, ...attended })) } : {}),
    },
  };
}

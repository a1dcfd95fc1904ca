import { mapEvent } from '../cloudevents/map-event.domain';
import { type Arrival, type Candidate, isRefusal, type Mapped, type Refusal } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';
import type { ImportColumn } from './import-columns.domain';
import type { CellStyle, ImportShape } from './import-field.domain';
import { type FileRow, headerOf, readRow, type RowIssue, type RowValues } from './row-data.domain';
import { canonicalText, type Digest, eventsOfRows, type RowEvent } from './row-events.domain';
import type { Occurrences } from './row-identity.domain';

/** One thing of the file: a row, or the rows of one contract; what it means, or all that is wrong with it. */
export interface ImportItem {
  readonly rows: readonly FileRow[];
  readonly item: IntakeItem;
  readonly issues: readonly (RowIssue & { readonly row: number })[];
}

/** What the rows of a file are read with. */
export interface ImportPlan {
  readonly shape: ImportShape;
  readonly columns: readonly ImportColumn[];
  readonly style: CellStyle;
  readonly arrival: Arrival;
  /** Bytes that one event may have. */
  readonly eventLimitBytes: number;
  /** 64 hexadecimal digits of a text. */
  readonly digest: Digest;
}

const noValues: RowValues = new Map();

interface ReadRow {
  readonly row: FileRow;
  readonly values: RowValues;
  readonly issues: readonly RowIssue[];
}

/**
 * Rows in, items out. An event's id is made of its source, its kind and what the row says (or the row's own id), so
 * that the same row is the same event in every file; what may happen twice alike (usage) is numbered.
 */
export class ImportRows {
  private open: ReadRow[] = [];
  private readonly closed: Occurrences;

  constructor(
    private readonly plan: ImportPlan,
    private readonly seen: Occurrences,
    closedContracts: Occurrences,
  ) {
    this.closed = closedContracts;
  }

  /** The items that are whole now that this row is read. `flaw`: what is wrong with how the row is written. */
  add(row: FileRow, flaw?: RowIssue): ImportItem[] {
    const { shape, columns, style } = this.plan;
    const read = flaw ? { values: noValues, issues: [flaw] } : readRow(shape, columns, row, style);
    const next: ReadRow = { row, ...read };
    if (shape.kind !== 'contracts') return [this.itemOf([next])];
    const [first] = this.open;
    if (first && first.values.get('contractId') === next.values.get('contractId')) {
      this.open.push(next);
      return [];
    }
    const done = this.finish();
    this.open = [this.checkedApart(next)];
    return done;
  }

  /** What is still open at the end of the file. */
  finish(): ImportItem[] {
    if (this.open.length === 0) return [];
    const rows = this.open;
    this.open = [];
    return [this.itemOf(rows)];
  }

  /** A contract whose rows stand apart would lose the lines of the rows before. */
  private checkedApart(next: ReadRow): ReadRow {
    const id = next.values.get('contractId');
    if (id === undefined || this.closed.next(this.plan.digest(id.toString())) === 0) return next;
    const column = headerOf(this.plan.columns, 'contractId');
    const detail = `${column} "${id.toString()}" has rows further up: the rows of one contract must stand together.`;
    return { ...next, issues: [...next.issues, { column, code: 'rows-apart', detail }] };
  }

  private itemOf(list: readonly ReadRow[]): ImportItem {
    const rows = list.map(({ row }) => row);
    const issues = list.flatMap(({ row, issues: own }) => own.map((issue) => ({ ...issue, row: row.row })));
    const outcome = issues.length > 0 ? refusalOf(issues) : this.outcomeOf(list.map(({ values }) => values));
    const found = isRefusal(outcome) && issues.length === 0 ? [this.issueOf(outcome, rows)] : issues;
    const refused = isRefusal(outcome);
    return {
      rows,
      issues: found,
      item: {
        outcome: refused ? refusalOf(found) : outcome,
        id: null,
        type: refused ? this.plan.shape.type : null,
        body: refused ? this.bodyOf(rows) : null,
        ...(refused ? { rejectId: this.digestOf('rejected', rows) } : {}),
      },
    };
  }

  private outcomeOf(values: readonly RowValues[]): Mapped | Refusal {
    const { shape, digest } = this.plan;
    const [first, ...more] = eventsOfRows(shape, values, (text) => digest(text).slice(0, 32));
    if (!first) return { code: 'empty', pointer: '', detail: 'The row says nothing.' };
    const whole = this.mapped(first);
    if (isRefusal(whole)) return whole;
    const [events, statements]: [Candidate[], Mapped['statements'][number][]] = [[], []];
    for (const each of more) {
      const next = this.mapped(each);
      if (isRefusal(next)) return next;
      events.push(...next.events);
      statements.push(...next.statements);
    }
    return { events: [...whole.events, ...events], statements: [...whole.statements, ...statements] };
  }

  private mapped(event: RowEvent): Mapped | Refusal {
    const { shape, arrival, eventLimitBytes } = this.plan;
    const text = JSON.stringify(event.data);
    if (Buffer.byteLength(text) > eventLimitBytes) {
      return { code: 'too-large', pointer: '', detail: `An event may have ${eventLimitBytes} bytes.` };
    }
    return mapEvent(
      {
        specversion: '1.0',
        id: this.idOf(event),
        source: `/sources/${arrival.sourceId}`,
        type: shape.type,
        data: event.data,
        ...(event.time === undefined ? {} : { time: event.time }),
        ...(event.knownAt === undefined ? {} : { knownat: event.knownAt }),
      },
      arrival,
    );
  }

  private idOf({ data, time, knownAt, id }: RowEvent): string {
    const { shape, digest } = this.plan;
    if (id !== undefined && id.length <= 150) return `csv:${shape.kind}:id:${id}`;
    const content = digest(canonicalText(id === undefined ? [data, time ?? null, knownAt ?? null] : id));
    // The same state said twice is one statement; the same thing done twice is two events.
    const before = shape.kind === 'usage' && id === undefined ? this.seen.next(content) : 0;
    return `csv:${shape.kind}:${content.slice(0, 40)}${before === 0 ? '' : `#${before}`}`;
  }

  private issueOf(refusal: Refusal, rows: readonly FileRow[]): RowIssue & { row: number } {
    const path = refusal.pointer
      .split('/')
      .slice(1)
      .filter((part) => part !== 'data');
    const line = path[0] === 'lines' ? Number(path[1] ?? 0) : 0;
    const name = fieldNameOf(path);
    const column = headerOf(this.plan.columns, name);
    const detail = column === name || refusal.detail.includes(column) ? refusal.detail : `${column}: ${refusal.detail}`;
    return { row: rows[line]?.row ?? rows[0]?.row ?? 0, column, code: refusal.code, detail };
  }

  private bodyOf(rows: readonly FileRow[]): unknown {
    const { columns, shape } = this.plan;
    const cells = rows.map((row) =>
      Object.fromEntries(columns.map((each) => [each.header, row.cells[each.index] ?? ''])),
    );
    const body = { kind: shape.kind, rows: cells };
    const text = JSON.stringify(body);
    // NUL cannot be stored as such: kept as the text of its JSON.
    return text.includes('\\u0000') ? text : body;
  }

  private digestOf(what: string, rows: readonly FileRow[]): string {
    const { arrival, shape, digest } = this.plan;
    return digest(JSON.stringify([what, arrival.sourceId, shape.kind, rows.map(({ cells }) => cells)])).slice(0, 32);
  }
}

const refusalOf = (issues: readonly (RowIssue & { readonly row: number })[]): Refusal => {
  const [first] = issues;
  const place = first ? `row ${first.row}, column ${first.column}: ` : '';
  return { code: first?.code ?? 'wrong-value', pointer: '', detail: `${place}${first?.detail ?? 'The row is wrong.'}` };
};

/** The name that a mapping has for a place in the event's data. */
function fieldNameOf(path: readonly string[]): string {
  const [top = '', second, third] = path;
  if (top === 'lines')
    return { kind: 'lineKind', start: 'lineStart', end: 'lineEnd' }[third ?? ''] ?? third ?? 'lineId';
  if (top === 'team') return 'csm';
  if (top === 'scale') return second === 'max' ? 'scaleMax' : 'scaleMin';
  return second !== undefined && Number.isNaN(Number(second)) && top !== 'attendees' ? `${top}.${second}` : top;
}

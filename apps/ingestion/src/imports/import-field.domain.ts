/** How the text of a cell is read. `time` is an instant, where a day without a time of day counts as noon UTC. */
export type CellType = 'text' | 'number' | 'integer' | 'boolean' | 'list' | 'day' | 'time' | 'word';

/** One thing that a column can hold. */
export interface ImportField {
  /** What a mapping names it by. */
  readonly name: string;
  readonly type: CellType;
  /** The closed list of a `word`. */
  readonly words?: readonly string[];
  /** Headers that are taken for it, besides its own name; compared by letters and digits alone. */
  readonly also?: readonly string[];
  /** A file without a column for it cannot be imported, and a row without a value is refused. */
  readonly required?: boolean;
  /** Where it stands in the event's data, if not under its own name. */
  readonly at?: string;
}

/** The kinds of files. */
export const importKinds = [
  'accounts',
  'contracts',
  'stakeholders',
  'users',
  'usage',
  'tickets',
  'surveys',
  'touchpoints',
  'invoices',
] as const;
export type ImportKind = (typeof importKinds)[number];

/** Fields named `group.key`, for any key: ids in other systems, free fields. */
export type FieldGroup = 'accountRef' | 'externalIds' | 'attributes' | 'traits' | 'properties' | 'groups';

/** What a file of one kind becomes. */
export interface ImportShape {
  readonly kind: ImportKind;
  /** The type of its events. */
  readonly type: string;
  readonly fields: readonly ImportField[];
  readonly groups: readonly FieldGroup[];
}

const squeezed = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The field that a header of this shape most likely means. */
export function guessField(shape: ImportShape, header: string): string | undefined {
  const wanted = squeezed(header);
  if (wanted === '') return undefined;
  const exact = shape.fields.find((field) => squeezed(field.name) === wanted);
  const field = exact ?? shape.fields.find((each) => each.also?.some((name) => squeezed(name) === wanted));
  return field?.name ?? groupOf(shape, header.trim());
}

/** A name that a mapping may use: a field's, or one of a group, like `attributes.Region`. */
export function isFieldName(shape: ImportShape, name: string): boolean {
  return shape.fields.some((field) => field.name === name) || groupOf(shape, name) !== undefined;
}

function groupOf(shape: ImportShape, name: string): string | undefined {
  const dot = name.indexOf('.');
  if (dot <= 0 || dot === name.length - 1) return undefined;
  return shape.groups.some((group) => group === name.slice(0, dot)) ? name : undefined;
}

/** The field of a name of a mapping; a group's member is text. */
export function fieldOf(shape: ImportShape, name: string): ImportField {
  return shape.fields.find((field) => field.name === name) ?? { name, type: 'text' };
}

/** How this file writes what is written differently around the world. */
export interface CellStyle {
  /** How dates with slashes, or two-digit days first, are meant; without it they are refused. */
  readonly dateFormat?: 'day-first' | 'month-first' | undefined;
  /** The sign before decimals; without it a comma in a number is refused. */
  readonly decimal?: '.' | ',' | undefined;
  /** IANA name for times without an offset; UTC without it. */
  readonly timeZone?: string | undefined;
}

/** What a cell can hold. */
export type CellContent = string | number | boolean | readonly string[];

/** A cell's value, or what is wrong with it in words that begin after the column's name. */
export type CellValue = { readonly value: CellContent } | CellFault;

export interface CellFault {
  readonly code: string;
  readonly detail: string;
}

import { fieldOf, guessField, type ImportField, type ImportShape, isFieldName } from './import-field.domain';

/** A column of the file and what it means; `field` undefined: it is not imported. */
export interface ImportColumn {
  readonly index: number;
  readonly header: string;
  readonly field: ImportField | undefined;
}

/** What is wrong with a file as a whole. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Header → field, as somebody said it; `-` or nothing: the column is not imported. */
export type Mapping = ReadonlyMap<string, string>;

/** Reads `Column=field`; the last equals sign divides. Throws UnusableFile. */
export function readMapping(texts: readonly string[]): Mapping {
  return new Map(
    texts.map((text) => {
      const at = text.lastIndexOf('=');
      if (at <= 0) throw new UnusableFile('wrong-mapping', `"${text}" is no mapping: write Column=field.`);
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}

/**
 * What each column means: what the mapping says, else what its header is usually called. A field that two headers could
 * mean goes to the first. Throws UnusableFile on a mapping of what is not there, and a file that misses what it must have.
 */
export function mapColumns(shape: ImportShape, headers: readonly string[], mapping: Mapping): ImportColumn[] {
  checkHeaders(headers);
  checkMapping(shape, headers, mapping);
  const stated = new Set(mapping.values());
  const taken = new Set<string>();
  const columns = headers.map((header, index) => {
    const said = mapping.get(header.trim());
    const guess = said ?? guessField(shape, header);
    if (guess === undefined || guess === '' || guess === '-') return { index, header, field: undefined };
    if (taken.has(guess) || (said === undefined && stated.has(guess))) return { index, header, field: undefined };
    taken.add(guess);
    return { index, header, field: fieldOf(shape, guess) };
  });
  return columns;
}

/** The fields that a file must have and this one has no column for. */
export function missingFields(shape: ImportShape, columns: readonly ImportColumn[]): string[] {
  const there = new Set(columns.flatMap(({ field }) => (field ? [field.name] : [])));
  const missing = shape.fields.filter((field) => field.required && !there.has(field.name)).map((field) => field.name);
  const names = [...there];
  const isNamed = ['accountId', 'accountDomain', 'userId', 'anonymousId'].some((name) => there.has(name));
  if (isNamed || names.some((name) => name.startsWith('accountRef.'))) return missing;
  return [...missing, ...(missing.includes('accountId') ? [] : ['accountId'])];
}

function checkHeaders(headers: readonly string[]): void {
  if (headers.every((header) => header.trim() === '')) {
    throw new UnusableFile('no-header', 'The first row must hold the names of the columns; it is empty.');
  }
  const seen = new Set<string>();
  for (const header of headers) {
    const name = header.trim();
    if (name !== '' && seen.has(name)) throw new UnusableFile('same-header', `Two columns are called "${name}".`);
    seen.add(name);
  }
}

function checkMapping(shape: ImportShape, headers: readonly string[], mapping: Mapping): void {
  const there = new Set(headers.map((header) => header.trim()));
  for (const [header, name] of mapping) {
    if (!there.has(header)) {
      throw new UnusableFile('wrong-mapping', `There is no column "${header}". There are: ${[...there].join(', ')}.`);
    }
    if (name !== '' && name !== '-' && !isFieldName(shape, name)) {
      const known = [...shape.fields.map((field) => field.name), ...shape.groups.map((group) => `${group}.…`)];
      throw new UnusableFile('wrong-mapping', `${shape.kind} have no field "${name}". They have: ${known.join(', ')}.`);
    }
  }
}

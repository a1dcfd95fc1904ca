import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { Problem } from '../errors/problem';

/** The sort values of a row, in the order of the sort, ending with its key. */
export type CursorValues = readonly (string | number | boolean | null)[];

/** A page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What every list takes; extend it with the list's filters. */
export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @ApiPropertyOptional({ description: 'nextCursor of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  cursor?: string;
}

/** Text that stands for a place in a list; callers pass it back as it is. */
export function encodeCursor(values: CursorValues): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The values of a cursor; undefined without one.
 * @param length how many values the list's cursors have
 * @throws Problem `invalid` when the text is not a cursor of this list
 */
export function decodeCursor(text: string | undefined, length?: number): CursorValues | undefined {
  if (text === undefined || text === '') return undefined;
  const values = parse(text);
  const scalars = Array.isArray(values) && values.every((value) => value === null || typeof value !== 'object');
  if (!scalars || (length !== undefined && values.length !== length)) throw notACursor();
  return values as CursorValues;
}

/** Makes a page of rows that were read with `limit + 1`: the row too many only says that there is a next page. */
export function pageOf<T>(rows: readonly T[], limit: number, valuesOf: (last: T) => CursorValues): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(valuesOf(last)) : null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw notACursor();
  }
}

function notACursor(): Problem {
  return new Problem('invalid', 'The cursor is not one of this list.', { pointer: '/cursor' });
}

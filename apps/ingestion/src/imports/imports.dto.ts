import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsTimeZone,
  Matches,
  MaxLength,
} from 'class-validator';

import { type ImportKind, importKinds } from './import-field.domain';

const storable = /^[^\0\ud800-\udfff]*$/u;
const asList = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? [value] : value);
const asBoolean = ({ value }: { value: unknown }): unknown =>
  value === 'true' || value === '1' || value === '' ? true : value === 'false' || value === '0' ? false : value;

/** How a file is read. */
export class PreviewQuery {
  @ApiProperty({ enum: importKinds })
  @IsIn([...importKinds])
  kind!: ImportKind;

  @ApiPropertyOptional({
    type: [String],
    description: 'Column=field, for each column whose name says too little; `Column=-` leaves one out',
    example: ['Customer=accountId'],
  })
  @IsOptional()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  @Matches(storable, { each: true })
  map?: string[];

  @ApiPropertyOptional({ enum: [',', ';', 'tab', '|'], description: 'Without it, what the first line has most of' })
  @IsOptional()
  @IsIn([',', ';', 'tab', '|'])
  delimiter?: ',' | ';' | 'tab' | '|';

  @ApiPropertyOptional({ enum: ['day-first', 'month-first'], description: 'What 03/04/2026 means' })
  @IsOptional()
  @IsIn(['day-first', 'month-first'])
  dateFormat?: 'day-first' | 'month-first';

  @ApiPropertyOptional({ enum: ['.', ','], description: 'The sign before decimals; the other one groups thousands' })
  @IsOptional()
  @IsIn(['.', ','])
  decimal?: '.' | ',';

  @ApiPropertyOptional({ example: 'Europe/Lisbon', description: 'Of times without an offset; UTC without it' })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;
}

export class ImportQuery extends PreviewQuery {
  @ApiPropertyOptional({ description: 'Reads and looks accounts up, takes nothing' })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean()
  dryRun?: boolean;

  @ApiPropertyOptional({ example: 'usage-2025.csv' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  @Matches(storable)
  fileName?: string;

  @ApiPropertyOptional({ description: 'The id of an interrupted import, to go on with it; or the id of a new one' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9-]{8,64}$/)
  importId?: string;
}

/** An import and how far it is. Rows: accepted + held + rejected = rowsRead. */
export class ImportDto {
  @ApiProperty() id!: string;
  @ApiProperty() sourceId!: string;
  @ApiProperty({ enum: importKinds }) kind!: ImportKind;
  @ApiProperty({ type: String, nullable: true }) fileName!: string | null;
  @ApiProperty() dryRun!: boolean;
  @ApiProperty({ type: 'object', additionalProperties: true }) plan!: object;
  @ApiProperty({ enum: ['running', 'done', 'failed', 'cancelled', 'interrupted'] }) state!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Why it is not done' }) detail!: string | null;
  @ApiProperty() rowsRead!: number;
  @ApiProperty() accepted!: number;
  @ApiProperty() held!: number;
  @ApiProperty() rejected!: number;
  @ApiProperty() bytes!: number;
  @ApiProperty({ description: 'Rows a second' }) rate!: number;
  @ApiProperty() startedBy!: string;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) endedAt!: string | null;
}

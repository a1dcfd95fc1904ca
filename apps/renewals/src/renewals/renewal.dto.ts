import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type RenewalCategory,
  renewalCategories,
  type RenewalMonth,
  type RenewalRow,
  type RenewalStage,
  renewalStages,
} from '@tenure/contracts';
import { PageQuery } from '@tenure/platform';
import { Transform } from 'class-transformer';
import { IsIn, IsISO8601, IsNumber, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';

const day = /^\d{4}-\d{2}-\d{2}$/;
/** A renewal closes by what becomes of its contracts, not by a call. */
const callableStages = renewalStages.filter((stage) => stage !== 'closed');

/** `commit,churn` → both. */
const List = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').filter((each) => each !== '') : value,
  );

const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

class RenewalPageQuery extends PageQuery {
  @ApiPropertyOptional({ example: '2026-01-01', description: 'First decision date' })
  @IsOptional()
  @Matches(day, { message: 'from must be a day, YYYY-MM-DD' })
  @IsISO8601({ strict: true })
  from?: string;

  @ApiPropertyOptional({ example: '2026-12-31', description: 'Last decision date' })
  @IsOptional()
  @Matches(day, { message: 'to must be a day, YYYY-MM-DD' })
  @IsISO8601({ strict: true })
  to?: string;

  @ApiPropertyOptional({ description: 'An e-mail address, `me` or `all`' })
  @IsOptional()
  @IsString()
  @MaxLength(320)
  owner?: string;
}

export class RenewalQuery extends RenewalPageQuery {
  @ApiPropertyOptional({ enum: renewalStages, isArray: true, description: 'Default: all but closed' })
  @IsOptional()
  @List()
  @IsIn(renewalStages, { each: true })
  stage?: string[];

  @ApiPropertyOptional({ enum: renewalCategories, isArray: true })
  @IsOptional()
  @List()
  @IsIn(renewalCategories, { each: true })
  category?: string[];

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  accountId?: string;

  @ApiPropertyOptional({ enum: ['decisionDate', '-decisionDate'], default: 'decisionDate' })
  @IsOptional()
  @IsIn(['decisionDate', '-decisionDate'])
  sort = 'decisionDate';
}

/** The calendar has no pages: it is as long as its months. */
export class CalendarQuery extends RenewalPageQuery {}

export class RenewalCallDto {
  @ApiPropertyOptional({ enum: renewalCategories })
  @IsOptional()
  @IsIn(renewalCategories)
  category?: RenewalCategory;

  @ApiPropertyOptional({ enum: callableStages })
  @IsOptional()
  @IsIn(callableStages)
  stage?: RenewalStage;

  @ApiPropertyOptional({ description: 'What it will be renewed at, major units of its currency', minimum: 0 })
  @IsOptional()
  @IsNumber({ allowInfinity: false, allowNaN: false })
  @Min(0)
  @Max(999_999_999_999)
  amount?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 1 })
  @IsOptional()
  @IsNumber({ allowInfinity: false, allowNaN: false })
  @Min(0)
  @Max(1)
  probability?: number;

  @ApiProperty({ description: 'Why; it is kept with the call', maxLength: 2_000 })
  @Trimmed()
  @IsString()
  @Length(1, 2_000)
  why!: string;
}

const aRow = { type: 'object', description: 'The renewal, as on renewal-events.v1, with the model’s own view' };

export class RenewalsDto {
  @ApiProperty({ type: 'array', items: aRow })
  items!: RenewalRow[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class RenewalCalendarDto {
  @ApiProperty({
    type: 'array',
    items: { type: 'object', description: '{month, currency, due, expected, count, byCategory, items}' },
  })
  months!: RenewalMonth[];
}

export const aRenewal = {
  description: 'The renewal with every change of it',
  schema: { type: 'object' },
} as const;

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, Matches } from 'class-validator';

const aDay = /^\d{4}-\d{2}-\d{2}$/;

/** Two days whose scores are compared. */
export class LedgerQuery {
  @ApiPropertyOptional({ format: 'date', description: 'The earlier day; default 28 days ago' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(aDay, { message: 'a day like 2026-01-31' })
  from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'The later day; default today' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(aDay, { message: 'a day like 2026-01-31' })
  to?: string;
}

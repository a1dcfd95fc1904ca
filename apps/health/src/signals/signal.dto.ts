import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsISO8601, IsObject, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';

const anObject = { type: 'object', additionalProperties: true } as const;

/** How sensitive a signal is: what is left out is the catalogue's own. */
export class SettingsDto {
  @ApiPropertyOptional({ description: 'Switched off for every segment that does not say otherwise' })
  @IsOptional()
  @IsBoolean()
  off?: boolean;

  @ApiPropertyOptional({ ...anObject, description: 'Name of a parameter → number or switch' })
  @IsOptional()
  @IsObject()
  parameters?: Record<string, number | boolean>;

  @ApiPropertyOptional({ ...anObject, description: 'Segment in lower case → {off?, parameters?}' })
  @IsOptional()
  @IsObject()
  segments?: Record<string, { off?: boolean; parameters?: Record<string, number | boolean> }>;
}

export class SetSignalDto extends SettingsDto {
  @ApiPropertyOptional({ description: 'Back to the catalogue’s own; nothing else may be given then' })
  @IsOptional()
  @IsBoolean()
  reset?: boolean;

  @ApiPropertyOptional({ minimum: 0, description: 'The version it was made from: refused where it has moved on' })
  @IsOptional()
  @IsInt()
  @Min(0)
  version?: number;

  @ApiPropertyOptional({ maxLength: 2000, description: 'Why' })
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  note?: string;
}

const aDay = /^\d{4}-\d{2}-\d{2}$/;

export class DryRunDto extends SettingsDto {
  @ApiProperty({ format: 'date', description: 'First day' })
  @IsISO8601({ strict: true })
  @Matches(aDay, { message: 'a day like 2026-01-31' })
  from!: string;

  @ApiProperty({ format: 'date', description: 'Last day, yesterday at the latest' })
  @IsISO8601({ strict: true })
  @Matches(aDay, { message: 'a day like 2026-01-31' })
  to!: string;
}

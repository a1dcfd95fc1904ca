import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsNumber, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

const colours = ['green', 'yellow', 'red'] as const;
export type Colour = (typeof colours)[number];

class SaidDto {
  @ApiProperty({ maxLength: 500, description: 'Why: others read it' })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Until when it holds; default: as long as it may' })
  @IsOptional()
  @IsISO8601({ strict: true })
  expiresAt?: string;
}

/** A pulse holds for 60 days at most. */
export class PulseDto extends SaidDto {
  @ApiProperty({ enum: colours })
  @IsIn(colours)
  band!: Colour;

  @ApiPropertyOptional({ maxLength: 4000 })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  comment?: string;
}

/** An override holds for a year at most; score, band or both. */
export class OverrideDto extends SaidDto {
  @ApiPropertyOptional({ minimum: 0, maximum: 100 })
  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(100)
  score?: number;

  @ApiPropertyOptional({ enum: colours })
  @IsOptional()
  @IsIn(colours)
  band?: Colour;
}

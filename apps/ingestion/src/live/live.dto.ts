import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';

const storable = /^[^\0\ud800-\udfff]*$/u;

/** What to see; what is not said is everything. */
export class WatchDto {
  @ApiPropertyOptional({ description: 'Part of the type', example: 'usage' })
  @IsOptional()
  @IsString()
  @Matches(storable)
  @MinLength(1)
  @MaxLength(100)
  type?: string;

  @ApiPropertyOptional({ description: 'The account’s id', example: 'acme' })
  @IsOptional()
  @IsString()
  @Matches(storable)
  @MinLength(1)
  @MaxLength(200)
  account?: string;

  @ApiPropertyOptional({ description: 'The user’s id, or the anonymous id', example: 'u-1' })
  @IsOptional()
  @IsString()
  @Matches(storable)
  @MinLength(1)
  @MaxLength(200)
  user?: string;
}

export class LiveQuery extends WatchDto {
  @ApiPropertyOptional({ default: 100, minimum: 1, maximum: 300 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(300)
  limit: number = 100;
}

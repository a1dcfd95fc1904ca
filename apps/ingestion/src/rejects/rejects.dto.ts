import { ApiPropertyOptional } from '@nestjs/swagger';
import { PageQuery } from '@tenure/platform';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';

const storable = /^[^\0\ud800-\udfff]*$/u;

export class RejectsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only refusals with this reason', example: 'missing-field' })
  @IsOptional()
  @IsString()
  @Matches(storable)
  @MaxLength(100)
  code?: string;

  @ApiPropertyOptional({ description: 'Only refusals at this place of the item', example: '/event' })
  @IsOptional()
  @IsString()
  @Matches(storable)
  @MaxLength(2000)
  pointer?: string;
}

/** Everything that is refused still, or less. */
export class ReplayDto {
  @ApiPropertyOptional({ example: 'missing-field' })
  @IsOptional()
  @IsString()
  @Matches(storable)
  @MaxLength(100)
  code?: string;

  @ApiPropertyOptional({ example: '/event' })
  @IsOptional()
  @IsString()
  @Matches(storable)
  @MaxLength(2000)
  pointer?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 1000 })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  @Matches(storable, { each: true })
  @MaxLength(200, { each: true })
  ids?: string[];

  @ApiPropertyOptional({ description: '`since` of the answer before, to go on with the same run' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  since?: string;
}

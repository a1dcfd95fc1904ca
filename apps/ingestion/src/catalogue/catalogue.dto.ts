import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageQuery } from '@tenure/platform';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';

const storable = /^[^\0\ud800-\udfff]*$/u;

export class CatalogueQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Part of the name' })
  @IsOptional()
  @IsString()
  @Matches(storable)
  @MaxLength(200)
  search?: string;

  @ApiPropertyOptional({ enum: ['no', 'only', 'also'], default: 'no', description: 'What is hidden as noise' })
  @IsIn(['no', 'only', 'also'])
  hidden: 'no' | 'only' | 'also' = 'no';
}

export class CatalogueNameQuery {
  @ApiProperty({ example: 'Report Exported' })
  @IsString()
  @Matches(storable)
  @MaxLength(500)
  name!: string;
}

/** Hides names as noise, or shows them again. */
export class HideNamesDto {
  @ApiProperty({ type: [String], maxItems: 200 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Matches(storable, { each: true })
  @MaxLength(500, { each: true })
  names!: string[];

  @ApiProperty()
  @IsBoolean()
  hidden!: boolean;
}

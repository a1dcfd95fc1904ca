import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';

/** A feature groups event names; a key feature is one that the tenant ties to outcomes. */
export class FeatureDto {
  @ApiProperty({ maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  feature!: string;

  @ApiProperty({ type: [String] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  names!: string[];

  @ApiProperty()
  @IsBoolean()
  key!: boolean;

  @ApiPropertyOptional({ default: false, description: 'Its names are sign-ins' })
  @IsOptional()
  @IsBoolean()
  signIn?: boolean;

  @ApiPropertyOptional({ default: false, description: 'Its first use is first value: a value event' })
  @IsOptional()
  @IsBoolean()
  value?: boolean;
}

export class FeaturesDto {
  @ApiProperty({ type: [FeatureDto] })
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => FeatureDto)
  items!: FeatureDto[];
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

/** A model file, as `GET /models/schema` describes it. */
export class ModelFileDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The file; its schema is at /api/v1/models/schema',
  })
  @IsObject()
  model!: Record<string, unknown>;
}

export class PublishDto {
  @ApiProperty({ maxLength: 2000, description: 'Why: it stands in the list of publications' })
  @IsString()
  @MinLength(1)
  @MaxLength(2_000)
  note!: string;
}

export class WhatIfQuery {
  @ApiPropertyOptional({ default: 50, minimum: 1, maximum: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;
}

export class AgainstQuery {
  @ApiPropertyOptional({ description: 'The older version; default: the one in force' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  against?: string;
}

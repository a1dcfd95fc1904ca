import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsDefined, IsInt, IsObject, IsOptional, Min } from 'class-validator';

export class PutMappingDto {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The whole mapping: {"rules": [...]}' })
  @IsObject()
  mapping!: Record<string, unknown>;

  @ApiPropertyOptional({
    description: 'The version that this one follows; refused with 409 where there is a newer one',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  version?: number;
}

export class PreviewDto {
  @ApiProperty({
    description: 'What the vendor sends: an item, or a list of them',
    oneOf: [{ type: 'object' }, { type: 'array', items: { type: 'object' } }],
  })
  @IsDefined()
  payload!: unknown;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'A mapping that is not saved' })
  @Allow()
  @IsOptional()
  @IsObject()
  mapping?: Record<string, unknown>;
}

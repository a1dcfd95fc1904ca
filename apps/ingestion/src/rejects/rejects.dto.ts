import { ApiPropertyOptional } from '@nestjs/swagger';
import { PageQuery } from '@tenure/platform';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class RejectsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only refusals with this reason', example: 'missing-field' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  code?: string;
}

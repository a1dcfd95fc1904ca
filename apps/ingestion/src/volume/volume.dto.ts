import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

export class VolumeQuery {
  @ApiPropertyOptional({ description: 'How many hours, the running one last', default: 48, minimum: 1, maximum: 672 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(672)
  hours: number = 48;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class AddSecretDto {
  @ApiPropertyOptional({
    description: 'As the vendor shows it; left out: a new one is made, for vendors that take ours',
  })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  secret?: string;
}

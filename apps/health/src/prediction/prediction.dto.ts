import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

export class AdoptDto {
  @ApiProperty({ maxLength: 2000, description: 'Why: it stands in the list of publications' })
  @IsString()
  @MinLength(1)
  @MaxLength(2_000)
  note!: string;
}

export class BacktestDto {
  @ApiProperty({ enum: ['churn', 'score'], description: 'The churn probability, or a version of the health score' })
  @IsIn(['churn', 'score'])
  subject!: 'churn' | 'score';

  @ApiPropertyOptional({ description: 'Default: churn learned from the time before; score: the model in force' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  version?: string;

  @ApiPropertyOptional({ enum: [7, 28], default: 28, description: 'Days between two looks at an account' })
  @IsOptional()
  @IsIn([7, 28])
  stepDays: 7 | 28 = 28;
}

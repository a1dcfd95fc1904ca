import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** What is set for a source. */
export class SourceSettingsBody {
  @ApiProperty({ type: Number, nullable: true, description: 'Most events a second; null: the operator’s default' })
  eventsPerSecond!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Names the account where nothing else does' })
  accountProperty!: string | null;
}

/** What is left out stays; null takes it off. */
export class ChangeSourceSettingsDto {
  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 1, maximum: 1_000_000 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  eventsPerSecond?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'account_id' })
  @IsOptional()
  @Matches(/^[^\0\s\ud800-\udfff.]+(\.[^\0\s\ud800-\udfff.]+){0,3}$/u, {
    message: 'accountProperty is a name like account_id, or a path like company.id',
  })
  accountProperty?: string | null;
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  sourceKinds,
  type SourceKind,
  type SourceMode,
  sourceModes,
  type WebhookVendor,
  webhookVendors,
} from '@tenure/contracts';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

export class CreateSourceDto {
  @ApiProperty({ example: 'Web app' })
  @IsString()
  @Matches(/^[^\0\ud800-\udfff]*\S[^\0\ud800-\udfff]*$/u, { message: 'name must not be empty' })
  @MaxLength(200)
  name!: string;

  @ApiProperty({ enum: sourceKinds })
  @IsIn([...sourceKinds])
  kind!: SourceKind;

  @ApiProperty({ enum: sourceModes, description: 'import: its events are history and raise no alerts for the past' })
  @IsIn([...sourceModes])
  mode!: SourceMode;

  @ApiPropertyOptional({ enum: webhookVendors, description: 'Of kind webhook: who sends; default standard' })
  @IsOptional()
  @IsIn([...webhookVendors])
  vendor?: WebhookVendor;

  @ApiPropertyOptional({ description: 'Of kind webhook: the vendor’s secret; it may be pasted later' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  secret?: string;
}

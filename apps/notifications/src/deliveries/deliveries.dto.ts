import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DeliveryAttempt, DeliveryRow } from '@tenure/contracts';
import { PageQuery } from '@tenure/platform';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { deliveryStatuses, type DeliveryStatus } from './delivery.domain';

export class DeliveriesQuery extends PageQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  destinationId?: string;

  @ApiPropertyOptional({ enum: deliveryStatuses })
  @IsOptional()
  @IsIn([...deliveryStatuses])
  status?: DeliveryStatus;
}

export class DeliveryAttemptDto implements DeliveryAttempt {
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: Number, nullable: true, description: 'HTTP or SMTP status; null without an answer' })
  status!: number | null;
  @ApiProperty({ type: String, nullable: true })
  detail!: string | null;
  @ApiProperty()
  ms!: number;
}

export class DeliveryDto implements DeliveryRow {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  destinationId!: string;
  @ApiProperty({ description: 'The id of the event, and of the webhook in all its attempts' })
  eventId!: string;
  @ApiProperty({ example: 'tenure.risk-alert.opened.v1' })
  type!: string;
  @ApiProperty({ enum: deliveryStatuses })
  status!: DeliveryStatus;
  @ApiProperty({ type: [DeliveryAttemptDto] })
  attempts!: DeliveryAttemptDto[];
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  nextAttemptAt!: string | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class DeliveriesDto {
  @ApiProperty({ type: [DeliveryDto] })
  items!: DeliveryDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

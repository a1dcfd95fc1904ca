import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type AlertFeedback,
  alertFeedbacks,
  alertSignals,
  alertStatuses,
  type RiskAlert,
  severities,
} from '@tenure/contracts';
import { PageQuery } from '@tenure/platform';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** `open,acknowledged` → both. */
const List = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').filter((each) => each !== '') : value,
  );

export class AlertQuery extends PageQuery {
  @ApiPropertyOptional({ enum: alertStatuses, isArray: true, description: 'Several with commas between' })
  @IsOptional()
  @List()
  @IsIn(alertStatuses, { each: true })
  status?: string[];

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  accountId?: string;

  @ApiPropertyOptional({ enum: alertSignals, isArray: true })
  @IsOptional()
  @List()
  @IsIn(alertSignals, { each: true })
  signal?: string[];

  @ApiPropertyOptional({ enum: severities, isArray: true })
  @IsOptional()
  @List()
  @IsIn(severities, { each: true })
  severity?: string[];
}

export class NoteDto {
  @ApiPropertyOptional({ maxLength: 2_000 })
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  note?: string;
}

export class SnoozeDto extends NoteDto {
  @ApiPropertyOptional({ format: 'date-time', description: 'Until when; may be left out with untilWorse' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(/^\d{4}-\d{2}-\d{2}(T|$)/, { message: 'an instant like 2026-01-31T12:00:00Z' })
  until?: string;

  @ApiPropertyOptional({ description: 'Wake it when its severity rises' })
  @IsOptional()
  @IsBoolean()
  untilWorse?: boolean;
}

export class ResolveDto extends NoteDto {
  @ApiProperty({ enum: ['manual', 'false-alarm'] })
  @IsIn(['manual', 'false-alarm'])
  reason!: 'manual' | 'false-alarm';
}

export class FeedbackDto extends NoteDto {
  @ApiProperty({ enum: alertFeedbacks })
  @IsIn(alertFeedbacks)
  useful!: AlertFeedback;
}

export class ConfirmDto {
  @ApiProperty({ description: 'true: they left; false: they are still there' })
  @IsBoolean()
  left!: boolean;
}

export class AlertsDto {
  @ApiProperty({ type: 'array', items: { type: 'object', description: 'The alert, as on risk-alerts.v1' } })
  items!: RiskAlert[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

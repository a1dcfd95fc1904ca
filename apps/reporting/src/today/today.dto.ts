import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  alertSignals,
  bands,
  severities,
  type AlertSignal,
  type Band,
  type Severity,
  type TodayBody,
  type TodayItem,
  type TodayReason,
} from '@tenure/contracts';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { OwnerDto } from '../accounts/accounts.dto';

export class TodayQuery {
  @ApiPropertyOptional({ description: '`me`, `all` (default) or an e-mail address.' })
  @IsOptional()
  @IsString()
  @MaxLength(320)
  owner?: string;
}

class ReasonDto implements TodayReason {
  @ApiProperty() alertId!: string;
  @ApiProperty({ enum: alertSignals }) signal!: AlertSignal;
  @ApiProperty({ enum: severities }) severity!: Severity;
  @ApiProperty() sentence!: string;
  @ApiProperty({ format: 'date-time' }) since!: string;
  @ApiProperty({ description: 'Already so at go-live; listed below what is new.' }) preexisting!: boolean;
}

class TodayItemDto implements TodayItem {
  @ApiProperty() accountId!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ type: Number, nullable: true }) arr!: number | null;
  @ApiProperty({ type: String, nullable: true }) currency!: string | null;
  @ApiProperty({ type: Number, nullable: true }) score!: number | null;
  @ApiProperty({ enum: bands }) band!: Band;
  @ApiProperty({ type: Number, nullable: true }) trend!: number | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) decisionDate!: string | null;
  @ApiProperty({ type: Number, nullable: true }) daysToDecision!: number | null;
  @ApiProperty({ type: OwnerDto, nullable: true }) owner!: OwnerDto | null;
  @ApiProperty({ description: '1 is the most urgent.' }) rank!: number;
  @ApiProperty({ type: Number, nullable: true }) arrAtRisk!: number | null;
  @ApiProperty({ type: [ReasonDto], description: 'At most three, the worst first.' }) reasons!: ReasonDto[];
  @ApiProperty({ type: [String] }) alertIds!: string[];
}

export class TodayDto implements TodayBody {
  @ApiProperty({ type: [TodayItemDto], description: 'At most ten.' }) items!: TodayItemDto[];
  @ApiProperty({ description: 'Accounts with open alerts that are not in the list.' }) more!: number;
  @ApiProperty({ description: 'Nothing needs anybody.' }) quiet!: boolean;
}

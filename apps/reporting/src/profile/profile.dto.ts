import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  bands,
  type AccountProfile,
  type Band,
  type StakeholderRow,
  type TicketRow,
  ticketStatuses,
} from '@tenure/contracts';
import { IsOptional, Matches } from 'class-validator';
import { AccountRowDto } from '../accounts/accounts.dto';

class ChildDto {
  @ApiProperty() accountId!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ type: Number, nullable: true }) score!: number | null;
  @ApiProperty({ enum: bands }) band!: Band;
  @ApiProperty({ type: Number, nullable: true }) arr!: number | null;
}

class ParentDto {
  @ApiProperty() accountId!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
}

class MemberDto {
  @ApiProperty() role!: string;
  @ApiPropertyOptional({ type: String, nullable: true }) email?: string | null;
}

const mapOf = (type: 'string' | 'object') =>
  ({ type: 'object', additionalProperties: type === 'string' ? { type } : {} }) as const;

export class ProfileDto extends AccountRowDto implements AccountProfile {
  @ApiProperty({ type: [String] }) domains!: string[];
  @ApiProperty(mapOf('string')) externalIds!: Record<string, string>;
  @ApiProperty({ type: [String] }) tags!: string[];
  @ApiProperty(mapOf('object')) attributes!: Record<string, unknown>;
  @ApiProperty({ type: [MemberDto] }) team!: MemberDto[];
  @ApiProperty({ type: String, nullable: true }) timeZone!: string | null;
  @ApiProperty({ type: String, nullable: true }) country!: string | null;
  @ApiProperty({ type: String, nullable: true }) industry!: string | null;
  @ApiProperty({ type: String, nullable: true }) plan!: string | null;
  @ApiProperty({ ...mapOf('object'), description: 'Of each field: the source that told it, and the source’s time.' })
  fields!: Record<string, { source: string; time: string }>;
  @ApiProperty({ type: [ChildDto] }) children!: ChildDto[];
  @ApiProperty({ type: ParentDto, nullable: true }) parent!: ParentDto | null;
  @ApiProperty({ type: String, nullable: true, description: 'The account that goes on in its place.' })
  mergedInto!: string | null;
}

export class StakeholderDto implements StakeholderRow {
  @ApiProperty() stakeholderId!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) email!: string | null;
  @ApiProperty({ type: String, nullable: true }) title!: string | null;
  @ApiProperty({ type: [String] }) roles!: string[];
  @ApiProperty({ type: Number, nullable: true, description: '0 to 1.' }) influence!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: '−1 to 1.' }) sentiment!: number | null;
  @ApiProperty({ enum: ['active', 'left'] }) status!: 'active' | 'left';
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'The last two-way contact.' })
  lastContactAt!: string | null;
}

export class StakeholdersDto {
  @ApiProperty({ type: [StakeholderDto] }) items!: StakeholderDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

const listOfStatuses = new RegExp(`^(${ticketStatuses.join('|')})(,(${ticketStatuses.join('|')}))*$`);

export class TicketsQuery {
  @ApiPropertyOptional({ description: 'One status, or several with commas between.', example: 'new,open' })
  @IsOptional()
  @Matches(listOfStatuses, { message: `status must be one or more of ${ticketStatuses.join(', ')}` })
  status?: string;
}

export class TicketDto implements TicketRow {
  @ApiProperty() ticketId!: string;
  @ApiProperty({ type: String, nullable: true }) subject!: string | null;
  @ApiProperty() status!: string;
  @ApiProperty() priority!: string;
  @ApiProperty({ type: String, nullable: true }) kind!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) openedAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) solvedAt!: string | null;
  @ApiProperty({ type: Number, nullable: true }) csat!: number | null;
  @ApiProperty({ type: Number, nullable: true }) sentiment!: number | null;
  @ApiProperty({ type: String, nullable: true }) url!: string | null;
  @ApiProperty({ description: 'Escalated and not solved since.' }) escalated!: boolean;
}

export class TicketsDto {
  @ApiProperty({ type: [TicketDto] }) items!: TicketDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

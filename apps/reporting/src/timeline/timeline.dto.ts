import { ApiProperty } from '@nestjs/swagger';
import { severities, type Severity, type TimelineItem, type TimelineKind } from '@tenure/contracts';

const kinds = [
  ...['alert', 'ticket', 'stakeholder', 'contract', 'survey', 'touchpoint', 'note', 'score', 'invoice', 'account'],
] as TimelineKind[];

class TimelineItemDto implements TimelineItem {
  @ApiProperty() id!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ enum: kinds }) kind!: TimelineKind;
  @ApiProperty() title!: string;
  @ApiProperty({ type: String, nullable: true }) detail!: string | null;
  @ApiProperty({ enum: severities, nullable: true }) severity!: Severity | null;
  @ApiProperty({ type: String, nullable: true, description: 'A path of the console, or an address elsewhere.' })
  link!: string | null;
}

export class TimelineDto {
  @ApiProperty({ type: [TimelineItemDto] }) items!: TimelineItemDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

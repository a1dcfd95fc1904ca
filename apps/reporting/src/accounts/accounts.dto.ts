import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  accountKinds,
  bands,
  severities,
  type AccountKind,
  type AccountRow,
  type AccountSort,
  type ArrSource,
  type Band,
  type OwnerRef,
  type Severity,
} from '@tenure/contracts';
import { PageQuery } from '@tenure/platform';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const sorts = ['name', 'score', 'trend', 'arr', 'decisionDate', 'openAlerts'] as const satisfies readonly AccountSort[];
const directed = sorts.flatMap((sort) => [sort, `-${sort}`] as const);
export type DirectedSort = (typeof directed)[number];

const listOfBands = new RegExp(`^(${bands.join('|')})(,(${bands.join('|')}))*$`);

export class AccountsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Part of the name, an id, a domain, a tag or the owner’s address.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string;

  @ApiPropertyOptional({ description: 'One band, or several with commas between.', example: 'red,yellow' })
  @IsOptional()
  @Matches(listOfBands, { message: `band must be one or more of ${bands.join(', ')}` })
  band?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  segment?: string;

  @ApiPropertyOptional({ description: 'An e-mail address, `me`, or `none`.' })
  @IsOptional()
  @IsString()
  @MaxLength(320)
  owner?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  stage?: string;

  @ApiPropertyOptional({ enum: directed, default: 'name', description: 'A minus in front: largest first.' })
  @IsOptional()
  @IsIn(directed)
  sort: DirectedSort = 'name';
}

export class OwnerDto implements OwnerRef {
  @ApiProperty() email!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
}

export class AccountRowDto implements AccountRow {
  @ApiProperty() accountId!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ enum: accountKinds, nullable: true }) kind!: AccountKind | null;
  @ApiProperty({ type: String, nullable: true }) segment!: string | null;
  @ApiProperty({ type: String, nullable: true }) stage!: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Major units of `currency` a year.' }) arr!: number | null;
  @ApiProperty({ type: String, nullable: true }) currency!: string | null;
  @ApiProperty({ enum: ['contracts', 'profile'], nullable: true }) arrSource!: ArrSource | null;
  @ApiProperty({ type: Number, nullable: true }) score!: number | null;
  @ApiProperty({ enum: bands }) band!: Band;
  @ApiProperty({ type: Number, nullable: true, description: 'Points against 28 days ago.' }) trend!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: '0 to 1.' }) coverage!: number | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) decisionDate!: string | null;
  @ApiProperty() openAlerts!: number;
  @ApiProperty({ enum: severities, nullable: true }) worstSeverity!: Severity | null;
  @ApiProperty({ type: OwnerDto, nullable: true }) owner!: OwnerDto | null;
  @ApiProperty({ type: String, nullable: true }) parentId!: string | null;
}

export class AccountsDto {
  @ApiProperty({ type: [AccountRowDto] }) items!: readonly AccountRowDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty({ description: 'How many there are on all pages.' }) total!: number;
}

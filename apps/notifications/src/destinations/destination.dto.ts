import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import {
  alertSignals,
  severities,
  type AlertSignal,
  type DestinationKind,
  type DestinationRow,
  type Severity,
} from '@tenure/contracts';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { destinationKinds, destinationStates, type Destination, type DestinationState } from './destination.domain';

/** What a person says about a destination. */
export class CreateDestinationDto {
  @ApiProperty({ example: 'Data team' })
  @IsString()
  @Matches(/^[^\p{Cc}\p{Cs}]*[^\s\p{Cc}\p{Cs}][^\p{Cc}\p{Cs}]*$/u, { message: 'name must be one line, not empty' })
  @MaxLength(200)
  name!: string;

  @ApiProperty({ enum: destinationKinds })
  @IsIn([...destinationKinds])
  kind!: DestinationKind;

  @ApiPropertyOptional({ description: 'Of webhook and slack: http or https', example: 'https://example.com/hooks' })
  @ValidateIf((body: CreateDestinationDto) => body.kind !== 'email' || body.url !== undefined)
  @IsString()
  @MaxLength(2_000)
  url?: string;

  @ApiPropertyOptional({ description: 'Of email: one address', example: 'ines.duarte@acme.example' })
  @ValidateIf((body: CreateDestinationDto) => body.kind === 'email' || body.to !== undefined)
  @IsEmail()
  @MaxLength(320)
  to?: string;

  @ApiPropertyOptional({ enum: alertSignals, isArray: true, nullable: true, description: 'Null or absent: all' })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsIn([...alertSignals], { each: true })
  signals?: AlertSignal[] | null;

  @ApiPropertyOptional({
    enum: severities,
    nullable: true,
    description: 'This severity and worse; null or absent: all',
  })
  @IsOptional()
  @IsIn([...severities])
  minSeverity?: Severity | null;

  @ApiPropertyOptional({ enum: ['risk-alert'], isArray: true })
  @IsOptional()
  @IsArray()
  @IsIn(['risk-alert'], { each: true })
  events?: 'risk-alert'[];

  @ApiPropertyOptional({ description: 'Only accounts that the recipient (of email) or its maker owns', default: false })
  @IsOptional()
  @IsBoolean()
  ownerOnly?: boolean;
}

/** What may be changed later; its kind never. */
export class ChangeDestinationDto extends PartialType(OmitType(CreateDestinationDto, ['kind', 'url', 'to'] as const)) {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  url?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsEmail()
  @MaxLength(320)
  to?: string;
}

export class RotateSecretDto {
  @ApiPropertyOptional({ description: 'A secret of your own: whsec_ and 24 to 64 bytes in base64; absent: a new one' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  secret?: string;
}

/** What an answer says of a destination, beside what the contract names. */
interface DestinationView extends DestinationRow {
  readonly stateReason: string | null;
  readonly events: 'risk-alert'[];
  readonly failingSince: string | null;
}

/** A destination as its tenant sees it. */
export class DestinationDto implements DestinationView {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: destinationKinds })
  kind!: DestinationKind;
  @ApiProperty({ enum: destinationStates })
  state!: DestinationState;
  @ApiProperty({ type: String, nullable: true, description: 'Why it was disabled' })
  stateReason!: string | null;
  @ApiProperty({ type: String, nullable: true })
  url!: string | null;
  @ApiProperty({ type: String, nullable: true })
  to!: string | null;
  @ApiProperty({ enum: alertSignals, isArray: true, nullable: true })
  signals!: AlertSignal[] | null;
  @ApiProperty({ enum: severities, nullable: true })
  minSeverity!: Severity | null;
  @ApiProperty({ enum: ['risk-alert'], isArray: true })
  events!: 'risk-alert'[];
  @ApiProperty()
  ownerOnly!: boolean;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    description: 'Since when every attempt has failed',
  })
  failingSince!: string | null;
  @ApiPropertyOptional({ description: 'Of a webhook, in the answer that makes it and nowhere else' })
  secret?: string;
}

export class DestinationsDto {
  @ApiProperty({ type: [DestinationDto] })
  items!: DestinationDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class SecretDto {
  @ApiProperty({ example: 'whsec_…' })
  secret!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    description: 'Until then the one before signs too',
  })
  previousUntil!: string | null;
}

export class TestResultDto {
  @ApiProperty()
  delivered!: boolean;
  @ApiProperty({ type: Number, nullable: true, description: 'HTTP or SMTP status' })
  status!: number | null;
  @ApiProperty()
  detail!: string;
}

/** A Slack webhook's address is its credential: it is shown without its end. */
export function destinationDto(destination: Destination): DestinationView {
  return {
    id: destination.destinationId,
    name: destination.name,
    kind: destination.kind,
    state: destination.state,
    stateReason: destination.stateReason,
    url: destination.kind === 'slack' ? shortened(destination.url) : destination.url,
    to: destination.to,
    signals: destination.signals && [...destination.signals],
    minSeverity: destination.minSeverity,
    events: ['risk-alert'],
    ownerOnly: destination.ownerOnly,
    createdAt: destination.createdAt.toISOString(),
    failingSince: destination.failingSince?.toISOString() ?? null,
  };
}

function shortened(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  return parsed && `${parsed.origin}/…`;
}

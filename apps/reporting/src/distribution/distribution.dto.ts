import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { bands, type Band, type BandTotal, type HealthDistributionBody } from '@tenure/contracts';
import { IsOptional } from 'class-validator';
import { IsDay, IsKnownCurrency } from '../retention/retention.dto';

export class DistributionQuery {
  @ApiPropertyOptional({ format: 'date', description: 'Default: today in the tenant’s time zone.' })
  @IsOptional()
  @IsDay()
  asOf?: string;

  @ApiPropertyOptional({ format: 'date', description: 'The earlier day of the flow; without it there is no flow.' })
  @IsOptional()
  @IsDay()
  compare?: string;

  @ApiPropertyOptional({
    description: 'ISO 4217; default: the tenant’s. ARR in other currencies is left out and named.',
  })
  @IsOptional()
  @IsKnownCurrency()
  currency?: string;
}

class TotalDto implements BandTotal {
  @ApiProperty() accounts!: number;
  @ApiProperty({ description: 'Major units a year.' }) arr!: number;
}

class BandTotalDto extends TotalDto {
  @ApiProperty({ enum: bands }) band!: Band;
}

class FlowDto extends TotalDto {
  @ApiProperty({ enum: bands }) from!: Band;
  @ApiProperty({ enum: bands }) to!: Band;
}

class SeriesDayDto {
  @ApiProperty({ format: 'date' }) day!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'object' }, description: 'Band → accounts and ARR.' })
  bands!: Record<Band, TotalDto>;
}

export class DistributionDto implements HealthDistributionBody {
  @ApiProperty({ format: 'date' }) asOf!: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) compareTo!: string | null;
  @ApiProperty() currency!: string;
  @ApiProperty({ type: [BandTotalDto] }) bands!: BandTotalDto[];
  @ApiProperty({ type: [FlowDto] }) flow!: FlowDto[];
  @ApiProperty({ type: [SeriesDayDto] }) series!: SeriesDayDto[];
  @ApiProperty({ type: [String] }) excludedCurrencies!: string[];
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  isCurrency,
  movementKinds,
  type MovementKind,
  type RetentionBody,
  type RetentionFigures,
} from '@tenure/contracts';
import { PageQuery } from '@tenure/platform';
import { IsIn, IsISO8601, IsOptional, Matches, registerDecorator } from 'class-validator';
import { figureNames, type FigureName } from './retention.domain';

/** A calendar day that exists, YYYY-MM-DD. */
export function IsDay(): PropertyDecorator {
  return (target, property) => {
    Matches(/^\d{4}-\d{2}-\d{2}$/, { message: '$property must be a day, YYYY-MM-DD' })(target, property);
    IsISO8601({ strict: true }, { message: '$property must be a day that exists' })(target, property);
  };
}

/** An ISO 4217 code that is in use. */
export function IsKnownCurrency(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isKnownCurrency',
      target: target.constructor,
      propertyName: String(property),
      options: { message: '$property must be an ISO 4217 code' },
      validator: { validate: (value: unknown) => typeof value === 'string' && isCurrency(value) },
    });
}

const groupings = ['segment', 'owner'] as const;

export class RetentionQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'date', description: 'First day of the period; default: twelve months before today.' })
  @IsOptional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'The day after the last one; default: today.' })
  @IsOptional()
  @IsDay()
  to?: string;

  @ApiPropertyOptional({ enum: groupings, default: 'segment' })
  @IsOptional()
  @IsIn(groupings)
  by: (typeof groupings)[number] = 'segment';

  @ApiPropertyOptional({ description: 'ISO 4217; default: the tenant’s. Other currencies are not in the figures.' })
  @IsOptional()
  @IsKnownCurrency()
  currency?: string;
}

export class MovementsQuery extends RetentionQuery {
  @ApiPropertyOptional({ enum: figureNames, default: 'nrr' })
  @IsOptional()
  @IsIn(figureNames)
  figure?: FigureName;
}

class LogoChurnDto {
  @ApiProperty() lost!: number;
  @ApiProperty() start!: number;
  @ApiProperty({ type: Number, nullable: true }) rate!: number | null;
}

class FiguresDto implements RetentionFigures {
  @ApiProperty({ description: 'Major units a year, as all money here.' }) startingArr!: number;
  @ApiProperty() expansion!: number;
  @ApiProperty() contraction!: number;
  @ApiProperty() churn!: number;
  @ApiProperty({ type: Number, nullable: true, description: '1 is 100 %.' }) nrr!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: '1 is 100 %.' }) grr!: number | null;
  @ApiProperty({ type: LogoChurnDto, description: 'A logo is the ultimate parent.' }) logoChurn!: LogoChurnDto;
  @ApiProperty({ description: 'Accounts that the figures rest on.' }) n!: number;
}

class MonthDto extends FiguresDto {
  @ApiProperty({ description: 'YYYY-MM; the month by itself.' }) month!: string;
}

class GroupDto extends FiguresDto {
  @ApiProperty({ type: String, nullable: true, description: 'Segment or owner as it is now.' }) key!: string | null;
}

export class RetentionDto extends FiguresDto implements RetentionBody {
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiProperty({ format: 'date', description: 'Not in the period.' }) to!: string;
  @ApiProperty() currency!: string;
  @ApiProperty({ type: [MonthDto] }) months!: MonthDto[];
  @ApiProperty({ type: [GroupDto] }) groups!: GroupDto[];
  @ApiProperty({ type: [String], description: 'Currencies of the ledger that are not in these figures.' })
  excludedCurrencies!: string[];
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, description: 'Rates used: none.' })
  fx!: Record<string, number>;
}

class MovementDto {
  @ApiProperty() movementId!: string;
  @ApiProperty() accountId!: string;
  @ApiProperty({ type: String, nullable: true }) accountName!: string | null;
  @ApiProperty({ format: 'date' }) date!: string;
  @ApiProperty({ enum: movementKinds }) kind!: MovementKind;
  @ApiProperty({ type: String, nullable: true }) product!: string | null;
  @ApiProperty({ type: String, nullable: true }) contractId!: string | null;
  @ApiProperty() amount!: number;
  @ApiProperty() currency!: string;
  @ApiProperty() arrAfter!: number;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
}

export class MovementsDto {
  @ApiProperty({ type: [MovementDto] }) items!: MovementDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

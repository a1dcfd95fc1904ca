import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsNotEmpty, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';

const storable = /^[^\0\ud800-\udfff]*$/u;

class AccountRefDto {
  @ApiProperty({ example: 'salesforce' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  @Matches(storable)
  system!: string;

  @ApiProperty({ example: '0015g00000XyZ12AAB' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  @Matches(storable)
  id!: string;
}

/** Exactly one of the four. */
class HeldReferenceDto {
  @ApiPropertyOptional({ type: AccountRefDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => AccountRefDto)
  accountRef?: AccountRefDto;

  @ApiPropertyOptional({ example: 'acme.com' })
  @IsOptional()
  @IsString()
  @MaxLength(253)
  @Matches(storable)
  accountDomain?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(storable)
  userId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(storable)
  anonymousId?: string;
}

export class MatchHeldDto {
  @ApiProperty({ type: HeldReferenceDto })
  @ValidateNested()
  @IsNotEmpty()
  @Type(() => HeldReferenceDto)
  reference!: HeldReferenceDto;

  @ApiProperty({ example: 'acme' })
  @IsString()
  @Matches(/^\S(?:[^]*\S)?$/u)
  @MaxLength(200)
  @Matches(storable)
  accountId!: string;
}

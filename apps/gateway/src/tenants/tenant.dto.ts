import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { roles, type Role } from '@tenure/contracts';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsEmail, IsInt, IsISO8601, IsObject, IsOptional, IsString } from 'class-validator';
import { Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import { toEmail } from '../sessions/session.dto';

export class SettingsDto {
  @ApiProperty() name!: string;
  @ApiProperty({ example: 'Europe/Prague' }) timeZone!: string;
  @ApiProperty({ example: 'EUR' }) currency!: string;
  @ApiProperty({ minimum: 1, maximum: 12, description: 'The month in which the fiscal year begins.' })
  fiscalYearStart!: number;
  @ApiPropertyOptional({ type: [Number] }) businessDays?: number[];
  @ApiPropertyOptional({ type: [String] }) holidays?: string[];
  @ApiPropertyOptional({ type: Object }) sourcePriority?: Record<string, string[]>;
  @ApiPropertyOptional({ type: Object }) settings?: Record<string, unknown>;
}

export class ChangeSettingsDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ description: 'An IANA name.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  timeZone?: string;

  @ApiPropertyOptional({ description: 'An ISO 4217 code.' })
  @IsOptional()
  @Matches(/^[A-Z]{3}$/, { message: 'an ISO 4217 code such as EUR' })
  currency?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 12 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(12)
  fiscalYearStart?: number;

  @ApiPropertyOptional({ type: [Number], description: 'ISO weekdays, 1 Monday to 7 Sunday.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(7)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  businessDays?: number[];

  @ApiPropertyOptional({ type: [String], description: 'Days on which nobody works, YYYY-MM-DD.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsISO8601({ strict: true }, { each: true })
  @MaxLength(10, { each: true })
  holidays?: string[];

  @ApiPropertyOptional({ type: Object, description: 'Which source wins a field: {field or *: [source ids]}.' })
  @IsOptional()
  @IsObject()
  sourcePriority?: Record<string, string[]>;

  @ApiPropertyOptional({ type: Object, description: 'Everything else, by the service that reads it.' })
  @IsOptional()
  @IsObject()
  settings?: Record<string, unknown>;
}

export class MePersonDto {
  @ApiProperty() id!: string;
  @ApiProperty({ type: String, nullable: true }) email!: string | null;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: roles }) role!: Role;
}

export class MeTenantDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() timeZone!: string;
  @ApiProperty() currency!: string;
  @ApiProperty() fiscalYearStart!: number;
}

export class MeDto {
  @ApiProperty() person!: MePersonDto;
  @ApiProperty() tenant!: MeTenantDto;
}

export class NewTenantDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string;

  @ApiPropertyOptional({ pattern: '^[a-z0-9-]{1,40}$', description: 'Made from the name where it is left out.' })
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,40}$/, { message: '1 to 40 of a-z, 0-9 and -' })
  id?: string;

  @ApiProperty()
  @Transform(toEmail)
  @IsEmail({ require_tld: false })
  @MaxLength(320)
  adminEmail!: string;
}

export class CreatedTenantDto {
  @ApiProperty() tenantId!: string;
  @ApiProperty({ description: 'Shown once. Good once, for 24 hours.' }) signInLink!: string;
  @ApiProperty({ description: 'Shown once; role admin.' }) apiKey!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Shown once; null where ingestion was away.' })
  writeKey!: string | null;
}

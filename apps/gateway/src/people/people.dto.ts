import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { roles, type Role } from '@tenure/contracts';
import { Transform } from 'class-transformer';
import { IsBoolean, IsEmail, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { toEmail } from '../sessions/session.dto';

export class NewPersonDto {
  @ApiProperty()
  @Transform(toEmail)
  @IsEmail({ require_tld: false })
  @MaxLength(320)
  email!: string;

  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string;

  @ApiProperty({ enum: roles })
  @IsIn(roles)
  role!: Role;
}

export class ChangePersonDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ enum: roles })
  @IsOptional()
  @IsIn(roles)
  role?: Role;

  @ApiPropertyOptional({ description: 'False ends the person’s sessions and refuses their sign-in.' })
  @IsOptional()
  @IsBoolean()
  active?: boolean;
}

export class PersonDto {
  @ApiProperty() id!: string;
  @ApiProperty() email!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: roles }) role!: Role;
  @ApiProperty() active!: boolean;
}

export class PeopleDto {
  @ApiProperty({ type: [PersonDto] }) items!: PersonDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class SignInLinkDto {
  @ApiProperty({ description: 'Shown once. Good once, for 24 hours.' }) signInLink!: string;
}

export class InvitedPersonDto extends PersonDto {
  @ApiProperty({ description: 'Shown once. Good once, for 24 hours.' }) signInLink!: string;
}

import { ApiProperty } from '@nestjs/swagger';
import type { DigestBody } from '@tenure/contracts';
import { IsBoolean, IsEmail, IsInt, IsTimeZone, Max, MaxLength, Min } from 'class-validator';

export class DigestDto implements DigestBody {
  @ApiProperty()
  @IsBoolean()
  enabled!: boolean;

  @ApiProperty({ minimum: 0, maximum: 23, description: 'In timeZone' })
  @IsInt()
  @Min(0)
  @Max(23)
  hour!: number;

  @ApiProperty({ description: "The person's own address" })
  @IsEmail()
  @MaxLength(320)
  email!: string;

  @ApiProperty({ example: 'Europe/Lisbon' })
  @IsTimeZone()
  @MaxLength(64)
  timeZone!: string;
}

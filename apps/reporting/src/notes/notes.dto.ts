import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { NoteBody } from '@tenure/contracts';
import { Transform } from 'class-transformer';
import { Equals, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';

const trimmed = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.trim() : value);
// Postgres keeps neither NUL nor half of a surrogate pair.
const storable = /^(?:[^\0\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])*$/;

export class NewNoteDto {
  @ApiProperty({ minLength: 1, maxLength: 10_000 })
  @Transform(trimmed)
  @IsString()
  @MinLength(1)
  @MaxLength(10_000)
  @Matches(storable, { message: 'text has characters that cannot be stored' })
  text!: string;
}

export class ChangeNoteDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 10_000 })
  @IsOptional()
  @Transform(trimmed)
  @IsString()
  @MinLength(1)
  @MaxLength(10_000)
  @Matches(storable, { message: 'text has characters that cannot be stored' })
  text?: string;

  @ApiPropertyOptional({ enum: [false], description: 'False brings a deleted note back.' })
  @IsOptional()
  @Equals(false)
  deleted?: false;
}

class AuthorDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
}

export class NoteDto implements NoteBody {
  @ApiProperty() id!: string;
  @ApiProperty() text!: string;
  @ApiProperty({ type: AuthorDto }) author!: AuthorDto;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) editedAt!: string | null;
}

export class NotesDto {
  @ApiProperty({ type: [NoteDto] }) items!: NoteDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

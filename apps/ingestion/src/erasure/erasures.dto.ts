import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type ErasureKind, erasureKinds } from '@tenure/contracts';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';

const storable = /^[^\0\ud800-\udfff]*$/u;
const wordy = /[\p{L}\p{N}]/u;

/** Who is to be erased. */
export class RequestErasureDto {
  @ApiProperty({ enum: erasureKinds })
  @IsIn([...erasureKinds])
  kind!: ErasureKind;

  @ApiPropertyOptional({ description: 'Of an account', example: 'acme' })
  @ValidateIf(({ kind }: RequestErasureDto) => kind === 'account')
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  @Matches(/^\S(?:.*\S)?$/u)
  @Matches(storable)
  accountId?: string;

  @ApiPropertyOptional({ type: [String], example: ['usr-7f3a91'] })
  @Texts()
  userIds?: string[];

  @ApiPropertyOptional({ type: [String] })
  @Texts()
  stakeholderIds?: string[];

  @ApiPropertyOptional({ type: [String], example: ['jane@northwind.example'] })
  @Texts()
  @Matches(/^[^@\s]+@[^@\s]+$/, { each: true, message: 'each of emails must be an e-mail address' })
  emails?: string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['Jane Doe'],
    description: 'Every name in full, as it may stand in notes',
  })
  @Texts()
  names?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Phone numbers, ids in other systems, anonymous ids' })
  @Texts()
  otherIds?: string[];

  @ApiPropertyOptional({
    description: 'For the record. It must not name the person',
    example: 'Request of 4 May, ticket 4711',
  })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @Matches(storable)
  reason?: string;
}

function Texts(): PropertyDecorator {
  return (target, property) => {
    const rules = [
      IsOptional(),
      IsArray(),
      ArrayMaxSize(20),
      IsString({ each: true }),
      MaxLength(320, { each: true }),
      Matches(storable, { each: true }),
      Matches(wordy, { each: true, message: `each of ${String(property)} needs a letter or a digit` }),
    ];
    for (const rule of rules) rule(target, property);
  };
}

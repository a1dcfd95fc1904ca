import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, readers, Roles, type CallerIdentity } from '@tenure/platform';
import { ChangeDigestHandler } from './change-digest.handler';
import { DigestDto } from './digest.dto';

/** The daily digest of the person who asks. */
@ApiTags('Digest')
@Controller('api/v1/digest')
export class DigestController {
  constructor(private readonly digests: ChangeDigestHandler) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: DigestDto })
  get(@Caller() caller: CallerIdentity): Promise<DigestDto> {
    return this.digests.get(caller);
  }

  @Put()
  @Roles(...readers)
  @ApiOkResponse({ type: DigestDto })
  put(@Caller() caller: CallerIdentity, @Body() body: DigestDto): Promise<DigestDto> {
    return this.digests.put(caller, body);
  }
}

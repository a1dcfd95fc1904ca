import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { LedgerBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, readers, Roles } from '@tenure/platform';

import { LedgerQuery } from './ledger.dto';
import { ReadLedgerHandler } from './read-ledger.handler';

@ApiTags('health')
@Controller('api/v1')
export class LedgerController {
  constructor(private readonly ledger: ReadLedgerHandler) {}

  /** The parts add up exactly to the difference: behaviour, the passing of time, late data, the model, what people set. */
  @Get('accounts/:id/ledger')
  @Roles(...readers)
  @ApiOkResponse({
    schema: { type: 'object' },
    description: 'Why the score of `to` is another one than that of `from`',
  })
  read(
    @Caller() { tenant }: CallerIdentity,
    @Param('id') id: string,
    @Query() { from, to }: LedgerQuery,
  ): Promise<LedgerBody> {
    return this.ledger.read({ tenantId: tenant, accountId: id }, from, to);
  }
}

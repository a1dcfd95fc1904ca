import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountRow, CountedPage } from '@tenure/contracts';
import { Caller, type CallerIdentity, Database, readers, Roles } from '@tenure/platform';
import { AccountsDto, AccountsQuery } from './accounts.dto';
import { AccountsReadModel } from './accounts.read-model';
import { ownerFilter } from './owner-filter.domain';

@ApiTags('accounts')
@Controller('api/v1/accounts')
export class AccountsController {
  private readonly accounts = new AccountsReadModel();

  constructor(private readonly database: Database) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: AccountsDto })
  list(@Caller() caller: CallerIdentity, @Query() query: AccountsQuery): Promise<CountedPage<AccountRow>> {
    const { owner, ...rest } = query;
    const filter = { ...rest, ...ownerFilter(owner, caller.email) };
    return this.database.read([caller.tenant], (tx) => this.accounts.list(tx, caller.tenant, filter));
  }
}

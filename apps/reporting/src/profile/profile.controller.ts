import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountProfile, Page, StakeholderRow, TicketRow } from '@tenure/contracts';
import { Caller, type CallerIdentity, Clock, Database, readers, Roles } from '@tenure/platform';
import { AccountThingsReadModel } from './account-things.read-model';
import { ProfileDto, StakeholdersDto, TicketsDto, TicketsQuery } from './profile.dto';
import { ProfileReadModel } from './profile.read-model';

@ApiTags('accounts')
@Controller('api/v1/accounts/:accountId')
export class ProfileController {
  private readonly profiles = new ProfileReadModel();
  private readonly things = new AccountThingsReadModel();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: ProfileDto })
  profile(@Caller() { tenant }: CallerIdentity, @Param('accountId') accountId: string): Promise<AccountProfile> {
    return this.database.read([tenant], (tx) => this.profiles.one(tx, tenant, accountId));
  }

  @Get('stakeholders')
  @Roles(...readers)
  @ApiOkResponse({ type: StakeholdersDto })
  stakeholders(
    @Caller() { tenant }: CallerIdentity,
    @Param('accountId') accountId: string,
  ): Promise<Page<StakeholderRow>> {
    return this.database.read([tenant], async (tx) => {
      await this.profiles.mustExist(tx, tenant, accountId);
      return { items: await this.things.stakeholders(tx, tenant, accountId, this.clock.now()), nextCursor: null };
    });
  }

  @Get('tickets')
  @Roles(...readers)
  @ApiOkResponse({ type: TicketsDto })
  tickets(
    @Caller() { tenant }: CallerIdentity,
    @Param('accountId') accountId: string,
    @Query() query: TicketsQuery,
  ): Promise<Page<TicketRow>> {
    return this.database.read([tenant], async (tx) => {
      await this.profiles.mustExist(tx, tenant, accountId);
      return { items: await this.things.tickets(tx, tenant, accountId, query.status?.split(',')), nextCursor: null };
    });
  }
}

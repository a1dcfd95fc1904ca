import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  admins,
  Caller,
  Database,
  type Page,
  PageQuery,
  readers,
  Roles,
  UnkeptAnswer,
  type CallerIdentity,
} from '@tenure/platform';
import { ChangePersonHandler } from './change-person.handler';
import { InvitePersonHandler } from './invite-person.handler';
import { ChangePersonDto, InvitedPersonDto, NewPersonDto, PeopleDto, PersonDto, SignInLinkDto } from './people.dto';
import { PeopleReadModel } from './people.read-model';
import type { Person } from './person.domain';

@ApiTags('people')
@Controller('api/v1/people')
export class PeopleController {
  private readonly people = new PeopleReadModel();

  constructor(
    private readonly database: Database,
    private readonly invite: InvitePersonHandler,
    private readonly changePerson: ChangePersonHandler,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: PeopleDto })
  list(@Caller() caller: CallerIdentity, @Query() page: PageQuery): Promise<Page<Person>> {
    const { tenant } = caller;
    return this.database.read([tenant], (tx) => this.people.list(tx, tenant, page.limit, page.cursor));
  }

  @Post()
  @UnkeptAnswer()
  @Roles(...admins)
  @ApiCreatedResponse({ type: InvitedPersonDto })
  create(@Caller() caller: CallerIdentity, @Body() body: NewPersonDto): Promise<InvitedPersonDto> {
    return this.invite.handle(caller.tenant, { email: body.email, name: body.name, role: body.role });
  }

  @Patch(':id')
  @Roles(...admins)
  @ApiOkResponse({ type: PersonDto })
  change(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() body: ChangePersonDto): Promise<PersonDto> {
    return this.changePerson.handle(caller.tenant, id, body);
  }

  @Post(':id/sign-in-link')
  @UnkeptAnswer()
  @Roles(...admins)
  @ApiCreatedResponse({ type: SignInLinkDto })
  async link(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<SignInLinkDto> {
    return { signInLink: await this.invite.again(caller.tenant, id) };
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Caller,
  decodeCursor,
  leaders,
  pageOf,
  PageQuery,
  Problem,
  RateLimit,
  readers,
  Roles,
  UnkeptAnswer,
  type CallerIdentity,
} from '@tenure/platform';
import { ChangeStateHandler } from './change-state.handler';
import {
  ChangeDestinationDto,
  CreateDestinationDto,
  destinationDto,
  DestinationDto,
  DestinationsDto,
  TestResultDto,
} from './destination.dto';
import type { DestinationPlace } from './destinations.read-model';
import { ManageDestinationsHandler } from './manage-destinations.handler';
import { TestDestinationHandler } from './test-destination.handler';

/** Where a tenant wants its alerts. Everyone may look; admins and leaders change. */
@ApiTags('Destinations')
@Controller('api/v1/destinations')
export class DestinationsController {
  constructor(
    private readonly manage: ManageDestinationsHandler,
    private readonly states: ChangeStateHandler,
    private readonly tester: TestDestinationHandler,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: DestinationsDto })
  async list(@Caller() caller: CallerIdentity, @Query() query: PageQuery): Promise<DestinationsDto> {
    const found = await this.manage.list(caller.tenant, placeOf(query.cursor), query.limit + 1);
    const page = pageOf(found, query.limit, (last) => [last.createdAt.toISOString(), last.destinationId]);
    return { items: page.items.map(destinationDto), nextCursor: page.nextCursor };
  }

  /** The secret of a webhook is in this answer; admins read it again at `…/secret`. */
  @Post()
  @Roles(...leaders)
  @UnkeptAnswer()
  @ApiCreatedResponse({ type: DestinationDto })
  async create(@Caller() caller: CallerIdentity, @Body() body: CreateDestinationDto): Promise<DestinationDto> {
    const { destination, secret } = await this.manage.create(caller, body);
    return { ...destinationDto(destination), ...(secret === null ? {} : { secret }) };
  }

  @Get(':id')
  @Roles(...readers)
  @ApiOkResponse({ type: DestinationDto })
  async get(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<DestinationDto> {
    return destinationDto(await this.manage.get(caller.tenant, id));
  }

  @Patch(':id')
  @Roles(...leaders)
  @ApiOkResponse({ type: DestinationDto })
  async change(
    @Caller() caller: CallerIdentity,
    @Param('id') id: string,
    @Body() body: ChangeDestinationDto,
  ): Promise<DestinationDto> {
    return destinationDto(await this.manage.change(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles(...leaders)
  @ApiNoContentResponse()
  remove(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<void> {
    return this.states.remove(caller.tenant, id);
  }

  /** What comes meanwhile is kept for a webhook, and left out for Slack and e-mail. */
  @Post(':id/pause')
  @HttpCode(200)
  @Roles(...leaders)
  @ApiOkResponse({ type: DestinationDto })
  async pause(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<DestinationDto> {
    return destinationDto(await this.states.pause(caller.tenant, id));
  }

  /** Also takes up a disabled destination again. */
  @Post(':id/resume')
  @HttpCode(200)
  @Roles(...leaders)
  @ApiOkResponse({ type: DestinationDto })
  async resume(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<DestinationDto> {
    return destinationDto(await this.states.resume(caller.tenant, id));
  }

  /** Sends an alert with `test: true` at once, signed like every other. */
  @Post(':id/test')
  @HttpCode(200)
  @Roles(...leaders)
  @RateLimit(30)
  @ApiOkResponse({ type: TestResultDto })
  async test(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<TestResultDto> {
    const { result, status, detail } = await this.tester.test(caller.tenant, id);
    return { delivered: result === 'delivered', status, detail };
  }
}

function placeOf(cursor: string | undefined): DestinationPlace | undefined {
  const values = decodeCursor(cursor, 2);
  if (!values) return undefined;
  const createdAt = new Date(String(values[0]));
  if (Number.isNaN(createdAt.getTime()))
    throw new Problem('invalid', 'The cursor is not one of this list.', { pointer: '/cursor' });
  return { createdAt, id: String(values[1]) };
}

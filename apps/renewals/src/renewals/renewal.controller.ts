import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { RenewalBody, RenewalCalendarBody } from '@tenure/contracts';
import {
  Caller,
  type CallerIdentity,
  Clock,
  Database,
  type Page,
  Problem,
  readers,
  Roles,
  writers,
} from '@tenure/platform';
import { addMonths, dayFromIso, zonedDay } from '@tenure/scoring';
import { CallRenewalHandler } from './call-renewal.handler';
import { renewalMonths } from './calendar.domain';
import { aRenewal, CalendarQuery, RenewalCalendarDto, RenewalCallDto, RenewalQuery, RenewalsDto } from './renewal.dto';
import { type RenewalFilter, RenewalReadModel, type RenewalView } from './renewal.read-model';

const calendarMonths = 12;
/** More is a report, not a calendar. */
const longestMonths = 60;

@ApiTags('renewals')
@Controller('api/v1/renewals')
export class RenewalController {
  constructor(
    private readonly database: Database,
    private readonly renewals: RenewalReadModel,
    private readonly handler: CallRenewalHandler,
    private readonly clock: Clock,
  ) {}

  /** By decision date; closed ones only where `stage` asks for them. */
  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: RenewalsDto })
  list(@Caller() caller: CallerIdentity, @Query() query: RenewalQuery): Promise<Page<RenewalView>> {
    const { limit, cursor, stage, category, accountId } = query;
    const page = { descending: query.sort.startsWith('-'), limit, ...(cursor !== undefined && { cursor }) };
    const filter = {
      ...rangeOf(query, caller),
      ...(stage && { stage }),
      ...(category && { category }),
      ...(accountId !== undefined && { accountId }),
    };
    return this.database.read([caller.tenant], (tx) => this.renewals.list(tx, caller.tenant, filter, page));
  }

  /** Open renewals by the month of their decision and currency; by default the next twelve months. */
  @Get('calendar')
  @Roles(...readers)
  @ApiOkResponse({ type: RenewalCalendarDto })
  async calendar(@Caller() caller: CallerIdentity, @Query() query: CalendarQuery): Promise<RenewalCalendarBody> {
    const asked = rangeOf(query, caller);
    const from = asked.from ?? zonedDay(this.clock.now().getTime(), 'UTC');
    const to = asked.to ?? addMonths(from, calendarMonths);
    if (to < from) throw new Problem('invalid', 'to must not be before from.', { pointer: '/to' });
    if (to > addMonths(from, longestMonths))
      throw new Problem('invalid', 'The calendar shows at most five years.', { pointer: '/to' });
    const entries = await this.database.read([caller.tenant], (tx) =>
      this.renewals.calendar(tx, caller.tenant, { ...asked, from, to }),
    );
    return { months: renewalMonths(entries) };
  }

  @Get(':id')
  @Roles(...readers)
  @ApiOkResponse(aRenewal)
  async one(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<RenewalBody> {
    const found = await this.database.read([caller.tenant], (tx) => this.renewals.one(tx, caller.tenant, id));
    if (!found) throw new Problem('not-found', 'There is no such renewal.');
    return found;
  }

  /** A person's call; it stands until the same is said anew. Answers the renewal after it. */
  @Post(':id/call')
  @HttpCode(200)
  @Roles(...writers)
  @ApiOkResponse(aRenewal)
  async call(
    @Caller() caller: CallerIdentity,
    @Param('id') id: string,
    @Body() body: RenewalCallDto,
  ): Promise<RenewalBody> {
    await this.handler.call(caller, id, body);
    return this.one(caller, id);
  }
}

function rangeOf(query: CalendarQuery, caller: CallerIdentity): RenewalFilter {
  const owner = query.owner === 'me' ? caller.email : query.owner === 'all' ? undefined : query.owner;
  return {
    ...(query.from !== undefined && { from: dayFromIso(query.from) }),
    ...(query.to !== undefined && { to: dayFromIso(query.to) }),
    ...(owner && { owner: owner.toLowerCase() }),
  };
}

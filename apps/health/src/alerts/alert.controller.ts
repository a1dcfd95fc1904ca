import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { RiskAlert } from '@tenure/contracts';
import { Caller, type CallerIdentity, Database, type Page, Problem, readers, Roles, writers } from '@tenure/platform';

import { ActOnAlertHandler } from './act-on-alert.handler';
import { AlertQuery, AlertsDto, ConfirmDto, FeedbackDto, NoteDto, ResolveDto, SnoozeDto } from './alert.dto';
import { AlertReadModel } from './alert.read-model';
import { ConfirmSuspicionHandler } from './confirm-suspicion.handler';

const anAlert = { description: 'The alert, as on risk-alerts.v1', schema: { type: 'object' } };

@ApiTags('alerts')
@Controller('api/v1/alerts')
export class AlertController {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertReadModel,
    private readonly handler: ActOnAlertHandler,
    private readonly suspicions: ConfirmSuspicionHandler,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: AlertsDto })
  list(@Caller() caller: CallerIdentity, @Query() query: AlertQuery): Promise<Page<RiskAlert>> {
    return this.database.read([caller.tenant], (tx) => this.alerts.list(tx, caller.tenant, query));
  }

  @Get(':id')
  @Roles(...readers)
  @ApiOkResponse(anAlert)
  async one(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<RiskAlert> {
    const found = await this.database.read([caller.tenant], (tx) => this.alerts.one(tx, caller.tenant, id));
    if (!found) throw new Problem('not-found', 'There is no such alert.');
    return found;
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @Roles(...writers)
  @ApiOkResponse(anAlert)
  acknowledge(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() _body: NoteDto): Promise<RiskAlert> {
    return this.handler.act(caller, id, { kind: 'acknowledge' });
  }

  @Post(':id/snooze')
  @HttpCode(200)
  @Roles(...writers)
  @ApiOkResponse(anAlert)
  snooze(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() body: SnoozeDto): Promise<RiskAlert> {
    const until = body.until === undefined ? null : new Date(body.until);
    return this.handler.act(caller, id, { kind: 'snooze', until, untilWorse: body.untilWorse ?? false });
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Roles(...writers)
  @ApiOkResponse(anAlert)
  resolve(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() body: ResolveDto): Promise<RiskAlert> {
    return this.handler.act(caller, id, { kind: 'resolve', reason: body.reason, note: body.note ?? null });
  }

  @Post(':id/reopen')
  @HttpCode(200)
  @Roles(...writers)
  @ApiOkResponse(anAlert)
  reopen(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<RiskAlert> {
    return this.handler.act(caller, id, { kind: 'reopen' });
  }

  @Post(':id/feedback')
  @HttpCode(200)
  @Roles(...writers)
  @ApiOkResponse(anAlert)
  feedback(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() body: FeedbackDto): Promise<RiskAlert> {
    return this.handler.feedback(caller, id, body.useful, body.note ?? null);
  }

  /** A champion who is suspected to have left: did they? The stakeholder changes accordingly, and the alert with them. */
  @Post(':id/confirm')
  @HttpCode(200)
  @Roles(...writers)
  @ApiOkResponse({ ...anAlert, description: 'The alert as it stood; it changes as soon as the stakeholder has' })
  confirm(@Caller() caller: CallerIdentity, @Param('id') id: string, @Body() { left }: ConfirmDto): Promise<RiskAlert> {
    return this.suspicions.confirm(caller, id, left);
  }
}

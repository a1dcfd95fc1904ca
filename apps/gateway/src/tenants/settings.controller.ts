import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { admins, Caller, Database, Problem, readers, Roles, type CallerIdentity } from '@tenure/platform';
import { ChangeSettingsHandler } from './change-settings.handler';
import type { Settings, Tenant } from './settings.domain';
import { TenantReadModel } from './tenant.read-model';
import { ChangeSettingsDto, MeDto, SettingsDto } from './tenant.dto';

@ApiTags('settings')
@Controller('api/v1')
export class SettingsController {
  private readonly tenants = new TenantReadModel();

  constructor(
    private readonly database: Database,
    private readonly changeSettings: ChangeSettingsHandler,
  ) {}

  @Get('me')
  @Roles(...readers)
  @ApiOkResponse({ type: MeDto })
  async me(@Caller() caller: CallerIdentity): Promise<MeDto> {
    const { id, name, timeZone, currency, fiscalYearStart } = await this.tenant(caller.tenant);
    const person = {
      id: caller.subject,
      email: caller.email,
      name: caller.name,
      role: caller.role as MeDto['person']['role'],
    };
    return { person, tenant: { id, name, timeZone, currency, fiscalYearStart } };
  }

  @Get('settings')
  @Roles(...readers)
  @ApiOkResponse({ type: SettingsDto })
  async settings(@Caller() caller: CallerIdentity): Promise<Settings> {
    const { id: _id, version: _version, ...settings } = await this.tenant(caller.tenant);
    return settings;
  }

  @Patch('settings')
  @Roles(...admins)
  @ApiOkResponse({ type: SettingsDto })
  change(@Caller() caller: CallerIdentity, @Body() body: ChangeSettingsDto): Promise<Settings> {
    return this.changeSettings.handle(caller.tenant, body);
  }

  private async tenant(tenantId: string): Promise<Tenant> {
    const tenant = await this.database.read([tenantId], (tx) => this.tenants.one(tx, tenantId));
    if (!tenant) throw new Problem('not-found', 'There is no such tenant.');
    return tenant;
  }
}

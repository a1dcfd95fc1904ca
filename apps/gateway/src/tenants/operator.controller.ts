import { Body, Controller, Post, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Public, RateLimit } from '@tenure/platform';
import { CreateTenantHandler } from './create-tenant.handler';
import { OperatorGuard } from './operator.guard';
import { CreatedTenantDto, NewTenantDto } from './tenant.dto';

/** The installation's own API, for the command line. `Public` only means: not for callers of a tenant. */
@ApiTags('operator')
@Controller('operator/v1/tenants')
@Public()
@UseGuards(OperatorGuard)
export class OperatorController {
  constructor(private readonly createTenant: CreateTenantHandler) {}

  @Post()
  @RateLimit(60)
  @ApiCreatedResponse({ type: CreatedTenantDto })
  create(@Body() body: NewTenantDto): Promise<CreatedTenantDto> {
    return this.createTenant.handle(body);
  }
}

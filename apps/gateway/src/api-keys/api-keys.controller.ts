import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { admins, Caller, Database, Roles, UnkeptAnswer, type CallerIdentity } from '@tenure/platform';
import { ApiKeysDto, CreatedApiKeyDto, NewApiKeyDto } from './api-key.dto';
import { ApiKeyReadModel } from './api-key.read-model';
import { CreateApiKeyHandler } from './create-api-key.handler';
import { RevokeApiKeyHandler } from './revoke-api-key.handler';

@ApiTags('api-keys')
@Controller('api/v1/api-keys')
@Roles(...admins)
export class ApiKeysController {
  private readonly keys = new ApiKeyReadModel();

  constructor(
    private readonly database: Database,
    private readonly createKey: CreateApiKeyHandler,
    private readonly revokeKey: RevokeApiKeyHandler,
  ) {}

  @Get()
  @ApiOkResponse({ type: ApiKeysDto })
  async list(@Caller() { tenant }: CallerIdentity): Promise<ApiKeysDto> {
    return { items: await this.database.read([tenant], (tx) => this.keys.list(tx, tenant)), nextCursor: null };
  }

  @Post()
  @UnkeptAnswer()
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  create(
    @Caller() { tenant, subject }: CallerIdentity,
    @Body() { name, role }: NewApiKeyDto,
  ): Promise<CreatedApiKeyDto> {
    return this.database.write([tenant], (tx) => this.createKey.handle(tx, tenant, { name, role, createdBy: subject }));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@Caller() { tenant }: CallerIdentity, @Param('id') id: string): Promise<void> {
    return this.revokeKey.handle(tenant, id);
  }
}

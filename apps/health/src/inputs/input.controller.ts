import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { InputsBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, readers, Roles } from '@tenure/platform';

import { InputReadModel } from './input.read-model';

/** What scores and signals rest on, and whether it still delivers. */
@ApiTags('health')
@Controller('api/v1/inputs')
export class InputController {
  constructor(private readonly inputs: InputReadModel) {}

  @Get()
  @Roles(...readers)
  async list(@Caller() { tenant }: CallerIdentity): Promise<InputsBody> {
    return { items: await this.inputs.list(tenant) };
  }
}

import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@tenure/platform';
import { OpenApiClient } from './openapi.client';

@ApiExcludeController()
@Controller('api/openapi.json')
@Public()
export class OpenApiController {
  constructor(private readonly documents: OpenApiClient) {}

  @Get()
  @Header('cache-control', 'public, max-age=60')
  document(): Promise<Record<string, unknown>> {
    return this.documents.merged();
  }
}

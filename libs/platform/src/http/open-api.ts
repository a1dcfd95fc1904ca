import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The service's OpenAPI document, made from the controllers' decorators when it is first asked for. */
export class OpenApi {
  private app: INestApplication | undefined;
  private made: OpenAPIObject | undefined;

  constructor(private readonly service: string) {}

  describe(app: INestApplication): void {
    this.app = app;
  }

  document(): OpenAPIObject {
    if (!this.app) throw new Error('The application is not there yet.');
    const head = new DocumentBuilder().setTitle(`Tenure ${this.service}`).setVersion('1').addBearerAuth().build();
    this.made ??= SwaggerModule.createDocument(this.app, head, { operationIdFactory });
    return this.made;
  }
}

/** `AlertsController.acknowledge` → `alerts_acknowledge`: unique when the gateway merges the services' documents. */
function operationIdFactory(controller: string, method: string): string {
  return `${controller.replace(/Controller$/, '').replace(/^./, (letter) => letter.toLowerCase())}_${method}`;
}

import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { listRoutes } from '../auth/routes';
import { withProblemResponses } from './problem-responses';

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
    this.made ??= withProblemResponses(
      SwaggerModule.createDocument(this.app, head, { operationIdFactory }),
      publicRoutes(this.app),
    );
    return this.made;
  }
}

/** Whether a route, as OpenAPI writes it, is anybody's. */
function publicRoutes(app: INestApplication): (method: string, path: string) => boolean {
  const open = listRoutes(app).filter(({ audience }) => audience === 'public');
  const names = new Set(open.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`));
  return (method, path) => names.has(`${method.toUpperCase()} ${path}`);
}

/** `AlertsController.acknowledge` → `alerts_acknowledge`: unique when the gateway merges the services' documents. */
function operationIdFactory(controller: string, method: string): string {
  return `${controller.replace(/Controller$/, '').replace(/^./, (letter) => letter.toLowerCase())}_${method}`;
}

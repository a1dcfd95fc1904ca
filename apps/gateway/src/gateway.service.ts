import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type ServiceDefinition, streamBodies } from '@tenure/platform';
import { GatewayAuthenticator } from './access/gateway.guard';
import { GatewayConfig } from './gateway.config';
import { GatewayModule } from './gateway.module';
import { parseOwnBody } from './routing/body.domain';
import { takesFiles } from './routing/routing-table.domain';
import { Identity1763800000000 } from './tenants/identity.migration';
import { isPublished } from './tokens/signing-key.domain';

/** `reply.sendFile` for the console, and bodies that pass through unread unless a route of the gateway's own takes them. */
async function configure(app: NestFastifyApplication): Promise<void> {
  const config = app.get(GatewayConfig);
  if (!isPublished(config.signingKey, config.tokenPublicKeys)) {
    throw new Error('TENURE_TOKEN_PUBLIC_KEYS does not have the public key of TENURE_TOKEN_PRIVATE_KEY.');
  }
  await app.register(fastifyStatic, { root: config.consoleDir, serve: false });
  app.useBodyParser(['application/json', 'text/plain', '*'], { bodyLimit: config.bodyLimit }, (request, body, done) => {
    try {
      done(null, parseOwnBody(request.url ?? '', request.headers['content-type'], body));
    } catch (error) {
      done(error as Error);
    }
  });
  streamBodies(app, {
    types: ['text/csv', 'application/csv', 'text/tab-separated-values', 'application/octet-stream'],
    isStreamed: (url) => takesFiles(url.split('?', 1)[0] ?? ''),
    bodyLimit: config.bodyLimit,
  });
}

export const service: ServiceDefinition = {
  config: GatewayConfig,
  module: GatewayModule,
  migrations: [Identity1763800000000],
  authenticator: GatewayAuthenticator,
  configure,
};

import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsEmail, IsInt } from 'class-validator';
import type { FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Caller, type CallerIdentity } from '../auth/caller';
import { admins, Public, readers, Roles } from '../auth/roles';
import { checkRouteAudiences, listRoutes } from '../auth/routes';
import { signServiceToken } from '../auth/token';
import { loadConfig } from '../config/load-config';
import { ServiceConfig } from '../config/service.config';
import { Problem } from '../errors/problem';
import { Logger } from '../logging/logger';
import { PageQuery } from './cursor';
import { createAdapter, prepareFastify } from './fastify-adapter';
import { httpProviders } from './http.providers';
import { OpenApi } from './open-api';
import { OperationsController } from './operations.controller';
import { RateLimit } from './rate-limiter';
import { Readiness } from './readiness';
import { createValidationPipe } from './validation';

class Invitation {
  @IsEmail()
  email!: string;

  @IsInt()
  seats!: number;
}

@Controller('api/v1/things')
class ThingsController {
  @Get()
  @Roles(...readers)
  list(@Query() query: PageQuery, @Caller() caller: CallerIdentity) {
    return { limit: query.limit, tenant: caller.tenant };
  }

  @Post()
  @Roles(...admins)
  invite(@Body() invitation: Invitation) {
    return invitation;
  }

  @Get('broken/:how')
  @Public()
  broken(@Param('how') how: string): never {
    if (how === 'problem') throw new Problem('conflict', 'Twice.', { pointer: '/id' });
    if (how === 'database')
      throw Object.assign(new Error('select secret from x'), { code: '57P01', severity: 'FATAL' });
    throw new Error('host db-7 said no');
  }

  @Get('rare')
  @Public()
  @RateLimit(2)
  rare() {
    return {};
  }
}

let app: NestFastifyApplication;
let privateJwk: JWK;

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  privateJwk = { ...(await exportJWK(pair.privateKey)), kid: 'one' };
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'one' };
  const env = {
    DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
    TENURE_TOKEN_PUBLIC_KEYS: JSON.stringify({ keys: [publicJwk] }),
    HTTP_BODY_LIMIT: '2048',
    LOG_LEVEL: 'silent',
    PORT: '0',
  };
  const config = loadConfig(ServiceConfig, env, 'things');
  const logger = Logger.create('things', config.logLevel);

  @Module({
    controllers: [ThingsController, OperationsController],
    providers: httpProviders(config, ServiceConfig, logger),
  })
  class ThingsModule {}

  app = await NestFactory.create<NestFastifyApplication>(ThingsModule, createAdapter(config), { logger: false });
  await prepareFastify(
    app.getHttpAdapter().getInstance() as unknown as FastifyInstance,
    logger,
    app.get(Readiness).stopping,
  );
  app.get(OpenApi).describe(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});

afterAll(() => app.close());

const tokenFor = (role: CallerIdentity['role'], audience = 'things'): Promise<string> =>
  signServiceToken(privateJwk, {
    audience,
    tenant: 'acme',
    subject: role,
    role,
    kind: 'person',
    name: 'A',
    email: null,
  });

async function call(method: 'GET' | 'POST', url: string, token?: string, payload?: unknown, headers = {}) {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const body = payload === undefined ? {} : { payload: payload as object };
  return app.inject({ method, url, headers: { ...authorization, ...headers }, ...body });
}

describe('a route', () => {
  it('is closed to callers without a token, and says how to sign in', async () => {
    const answer = await call('GET', '/api/v1/things');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json()).toMatchObject({ code: 'unauthenticated', status: 401 });
  });

  it('is closed to a token that was made for another service', async () => {
    expect((await call('GET', '/api/v1/things', await tokenFor('viewer', 'health'))).statusCode).toBe(401);
  });

  it('is closed to a role it does not name', async () => {
    const answer = await call('POST', '/api/v1/things', await tokenFor('viewer'), { email: 'a@b.co', seats: 1 });
    expect(answer.json()).toMatchObject({ code: 'forbidden', status: 403 });
  });

  it('knows its caller and turns query text into numbers', async () => {
    const answer = await call('GET', '/api/v1/things?limit=7', await tokenFor('viewer'));
    expect(answer.json()).toEqual({ limit: 7, tenant: 'acme' });
    expect(answer.headers['ratelimit-limit']).toBe('1200');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it('names every wrong field with a pointer, and those it does not know', async () => {
    const answer = await call('POST', '/api/v1/things', await tokenFor('admin'), { email: 'x', seats: 'y', more: 1 });
    expect(answer.statusCode).toBe(400);
    const { code, errors } = answer.json<{ code: string; errors: { pointer: string; code: string }[] }>();
    expect(code).toBe('invalid');
    expect(errors.map((each) => `${each.pointer} ${each.code}`)).toEqual(
      expect.arrayContaining(['/email is-email', '/seats is-int', '/more unknown-property']),
    );
  });

  it('refuses after its own number of requests a minute, and says when to come back', async () => {
    const codes = [];
    for (let n = 0; n < 3; n += 1) codes.push((await call('GET', '/api/v1/things/rare')).statusCode);
    expect(codes).toEqual([200, 200, 429]);
    const answer = await call('GET', '/api/v1/things/rare');
    expect(answer.json()).toMatchObject({ code: 'limited' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('an error', () => {
  it('keeps a problem as it was thrown', async () => {
    const answer = await call('GET', '/api/v1/things/broken/problem');
    expect(answer.json()).toMatchObject({ code: 'conflict', detail: 'Twice.', pointer: '/id' });
  });

  it('is unavailable with Retry-After when the database is away, without its words', async () => {
    const answer = await call('GET', '/api/v1/things/broken/database');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.body).not.toContain('secret');
  });

  it('shows nothing of what it does not know', async () => {
    const answer = await call('GET', '/api/v1/things/broken/otherwise');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/db-7|at .*\.ts/);
  });

  it.each([
    ['a path that is not there', '/api/v1/nothing', undefined, {}, 404, 'not-found'],
    ['JSON that is none', '/api/v1/things', '{"a":', { 'content-type': 'application/json' }, 400, 'invalid'],
    ['a body that is too large', '/api/v1/things', { a: 'x'.repeat(3_000) }, {}, 413, 'too-large'],
    ['a content type no one reads', '/api/v1/things', 'a', { 'content-type': 'text/csv' }, 415, 'unsupported'],
  ])('answers %s as a problem', async (_name, url, payload, headers, status, code) => {
    const answer = await call('POST', url, await tokenFor('admin'), payload, headers);
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});

describe('operations', () => {
  it('is alive before it is ready', async () => {
    expect((await call('GET', '/health/live')).statusCode).toBe(200);
    expect((await call('GET', '/health/startup')).statusCode).toBe(503);
    app.get(Readiness).markStarted();
    expect((await call('GET', '/health/ready')).json()).toEqual({ ok: true, checks: { process: { ok: true } } });
    app.get(Readiness).register('database', () => ({ ok: false, detail: 'away' }));
    expect((await call('GET', '/health/ready')).statusCode).toBe(503);
  });

  it('shows its metrics inside, and with a token set only to who has it', async () => {
    expect((await call('GET', '/metrics')).statusCode).toBe(200);
    const config = app.get(ServiceConfig);
    config.metricsToken = 'a-token-of-the-operator';
    expect((await call('GET', '/metrics')).statusCode).toBe(401);
    expect((await call('GET', '/metrics', 'a-token-of-somebody-else')).statusCode).toBe(401);
    expect((await call('GET', '/metrics', 'a-token-of-the-operator')).statusCode).toBe(200);
    delete config.metricsToken;
  });

  it('refuses nesting without end as its sender’s fault', async () => {
    const deep = JSON.parse(`{"email":"a@b.co","seats":${'['.repeat(200_000)}${']'.repeat(200_000)}}`) as unknown;
    const checked = createValidationPipe().transform(deep, { type: 'body', metatype: Invitation });
    await expect(checked).rejects.toMatchObject({ code: 'invalid', status: 400 });
  });

  it('describes its routes, without its own', async () => {
    const document = (await call('GET', '/openapi.json')).json<{ paths: object }>();
    expect(Object.keys(document.paths)).toContain('/api/v1/things');
    expect(Object.keys(document.paths)).not.toContain('/health/live');
  });
});

describe('the OpenAPI document', () => {
  it('tells of each operation the problems that its form allows', async () => {
    const { paths } = (await call('GET', '/openapi.json')).json<{
      paths: Record<string, Record<string, { responses: object }>>;
    }>();
    const statuses = (path: string, method: string) => Object.keys(paths[path]?.[method]?.responses ?? {});
    expect(statuses('/api/v1/things', 'get')).toEqual(['200', '400', '401', '403', '429', '503']);
    expect(statuses('/api/v1/things', 'post')).toEqual([
      '201',
      '400',
      '401',
      '403',
      '409',
      '413',
      '415',
      '422',
      '429',
      '503',
    ]);
    expect(statuses('/api/v1/things/broken/{how}', 'get')).toEqual(['200', '400', '404', '429', '503']);
  });
});

describe('the list of routes', () => {
  it('has every route with its audience', () => {
    const routes = listRoutes(app);
    expect(routes).toContainEqual({
      method: 'POST',
      path: '/api/v1/things',
      audience: ['admin'],
      handler: 'ThingsController.invite',
    });
    expect(routes).toContainEqual(expect.objectContaining({ path: '/health/live', audience: 'public' }));
    expect(() => checkRouteAudiences(app)).not.toThrow();
  });

  it('fails the start for a route that does not say, and one that says both', async () => {
    @Controller('open')
    class OpenController {
      @Get()
      forgotten() {
        return {};
      }

      @Get('both')
      @Public()
      @Roles('admin')
      both() {
        return {};
      }
    }
    @Module({ controllers: [OpenController] })
    class OpenModule {}
    const open = await NestFactory.createApplicationContext(OpenModule, { logger: false });
    expect(() => checkRouteAudiences(open)).toThrow(/GET \/open \(OpenController\.forgotten\)\n.*GET \/open\/both/);
    await open.close();
  });
});

import { Module } from '@nestjs/common';
import { GatewayAuthenticator } from './access/gateway.guard';
import { IdentityCache } from './access/identity-cache.client';
import { RecogniseCallerHandler } from './access/recognise-caller.handler';
import { ApiKeysController } from './api-keys/api-keys.controller';
import { CreateApiKeyHandler } from './api-keys/create-api-key.handler';
import { RevokeApiKeyHandler } from './api-keys/revoke-api-key.handler';
import { ConsoleController } from './console/console.controller';
import { ServePageHandler } from './console/serve-page.handler';
import { OpenApiClient } from './openapi/openapi.client';
import { OpenApiController } from './openapi/openapi.controller';
import { ChangePersonHandler } from './people/change-person.handler';
import { InvitePersonHandler } from './people/invite-person.handler';
import { MakeLinkHandler } from './people/make-link.handler';
import { PeopleController } from './people/people.controller';
import { ForwardController } from './routing/forward.controller';
import { ForwardRequestHandler } from './routing/forward-request.handler';
import { UpstreamClient } from './routing/upstream.client';
import { EndSessionHandler } from './sessions/end-session.handler';
import { RedeemLinkHandler } from './sessions/redeem-link.handler';
import { SessionController } from './sessions/session.controller';
import { SignInHandler } from './sessions/sign-in.handler';
import { StartSessionHandler } from './sessions/start-session.handler';
import { AddTenantHandler } from './tenants/add-tenant.handler';
import { ChangeSettingsHandler } from './tenants/change-settings.handler';
import { CreateTenantHandler } from './tenants/create-tenant.handler';
import { OperatorController } from './tenants/operator.controller';
import { OperatorGuard } from './tenants/operator.guard';
import { SeedDemoHandler } from './tenants/seed-demo.handler';
import { SettingsController } from './tenants/settings.controller';
import { SourcesClient } from './tenants/sources.client';
import { JwksController } from './tokens/jwks.controller';
import { MintTokenHandler } from './tokens/mint-token.handler';

const access = [GatewayAuthenticator, IdentityCache, RecogniseCallerHandler];
const sessions = [EndSessionHandler, RedeemLinkHandler, SignInHandler, StartSessionHandler];
const people = [ChangePersonHandler, InvitePersonHandler, MakeLinkHandler];
const keys = [CreateApiKeyHandler, RevokeApiKeyHandler];
const tenants = [
  AddTenantHandler,
  ChangeSettingsHandler,
  CreateTenantHandler,
  OperatorGuard,
  SeedDemoHandler,
  SourcesClient,
];
const routing = [ForwardRequestHandler, MintTokenHandler, UpstreamClient];

@Module({
  controllers: [
    SessionController,
    PeopleController,
    ApiKeysController,
    SettingsController,
    OperatorController,
    JwksController,
    OpenApiController,
    ForwardController,
    ConsoleController,
  ],
  providers: [...access, ...sessions, ...people, ...keys, ...tenants, ...routing, OpenApiClient, ServePageHandler],
})
export class GatewayModule {}

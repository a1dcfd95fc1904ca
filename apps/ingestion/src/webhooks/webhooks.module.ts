import { ManageMappingsHandler, MappingStores } from '../mappings/manage-mappings.handler';
import { MappingsController } from '../mappings/mappings.controller';
import { MappingsReadModel } from '../mappings/mappings.read-model';
import { MappingsRepository } from '../mappings/mappings.repository';
import { PreviewMappingHandler } from '../mappings/preview-mapping.handler';
import { FindWebhookHandler, WebhookStores } from './find-webhook.handler';
import { ForgetDeliveriesJob } from './forget-deliveries.job';
import { ReceiveWebhookHandler } from './receive-webhook.handler';
import { RemapWebhookHandler } from './remap-webhook.handler';
import { RememberDeliveriesHandler } from './remember-deliveries.handler';
import { SecretSeal } from './secret-seal.guard';
import { SourceWebhookController } from './source-webhook.controller';
import { WebhookSecretsHandler, WebhookWriters } from './webhook-secrets.handler';
import { WebhooksController } from './webhooks.controller';
import { WebhooksReadModel } from './webhooks.read-model';
import { WebhooksRepository } from './webhooks.repository';

/** Webhooks in: the vendors' door, its secrets, and the mappings behind it. */
export const webhooks = {
  controllers: [WebhooksController, SourceWebhookController, MappingsController],
  providers: [
    FindWebhookHandler,
    ForgetDeliveriesJob,
    ManageMappingsHandler,
    MappingsReadModel,
    MappingsRepository,
    MappingStores,
    PreviewMappingHandler,
    ReceiveWebhookHandler,
    RemapWebhookHandler,
    RememberDeliveriesHandler,
    SecretSeal,
    WebhookSecretsHandler,
    WebhooksReadModel,
    WebhooksRepository,
    WebhookStores,
    WebhookWriters,
  ],
};

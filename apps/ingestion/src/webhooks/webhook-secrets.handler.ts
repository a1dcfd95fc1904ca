import { randomBytes, randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { WebhookBody, WebhookVendor } from '@tenure/contracts';
import { Clock, Database, Problem, type Tx } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { ManageSourcesHandler, type NewSource } from '../sources/manage-sources.handler';
import type { Source } from '../sources/sources.read-model';
import { FindWebhookHandler, WebhookStores } from './find-webhook.handler';
import { secretFault } from './secret.domain';
import { vendorTable } from './vendors.domain';
import { ownerOf, webhookUrl } from './webhook-source.domain';
import { WebhooksRepository } from './webhooks.repository';

/** A new source of kind webhook. Without a secret one is made, or pasted later, as its vendor has it. */
export type NewWebhook = NewSource & { readonly vendor: WebhookVendor; readonly secret?: string | undefined };

/** A source, its address, and the secret where we made it: readable only now. */
export interface WebhookAnswer {
  readonly source: Source;
  readonly key: string;
  readonly webhook: WebhookBody;
}

/** Where sources of kind webhook are written. */
@Injectable()
export class WebhookWriters {
  constructor(
    readonly sources: ManageSourcesHandler,
    readonly repository: WebhooksRepository,
    readonly finder: FindWebhookHandler,
    readonly clock: Clock,
  ) {}
}

/** Makes sources of kind webhook, and changes their secrets. */
@Injectable()
export class WebhookSecretsHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: WebhookStores,
    private readonly writers: WebhookWriters,
    private readonly config: IngestionConfig,
  ) {}

  async create(tenantId: string, wanted: NewWebhook): Promise<WebhookAnswer> {
    const secret = this.secretFor(wanted.vendor, wanted.secret);
    const source = await this.writers.sources.createWith(tenantId, wanted, async (tx, made) => {
      await this.writers.repository.add(tx, tenantId, made.sourceId, wanted.vendor);
      if (secret !== undefined) await this.store(tx, tenantId, made.sourceId, secret);
    });
    const webhook = await this.describe(tenantId, source.id);
    return { source, key: wanted.secret === undefined ? (secret ?? '') : '', webhook };
  }

  /** A new secret, ours or the vendor's; those before it count for the overlap. @throws Problem `not-found` */
  async add(
    tenantId: string,
    sourceId: string,
    given: string | undefined,
  ): Promise<{ key: string; webhook: WebhookBody }> {
    const secret = await this.database.write([tenantId], async (tx) => {
      const facts = await this.facts(tx, tenantId, sourceId);
      if (facts.state === 'revoked') throw new Problem('conflict', 'The source is revoked.');
      const text = this.secretFor(facts.vendor, given);
      if (text === undefined) {
        const called = vendorTable[facts.vendor].secretCalled;
        throw new Problem('invalid', `Paste the ${called}.`, { pointer: '/secret' });
      }
      await this.store(tx, tenantId, sourceId, text);
      return text;
    });
    this.writers.finder.forget();
    return { key: given === undefined ? secret : '', webhook: await this.describe(tenantId, sourceId) };
  }

  /** The secret counts no more, everywhere within five seconds. @throws Problem `not-found` */
  async remove(tenantId: string, sourceId: string, secretId: string): Promise<WebhookBody> {
    await this.database.write([tenantId], async (tx) => {
      await this.facts(tx, tenantId, sourceId);
      const removed = await this.writers.repository.removeSecret(tx, tenantId, sourceId, secretId);
      if (!removed) throw new Problem('not-found', `There is no secret ${secretId}.`);
    });
    this.writers.finder.forget();
    return this.describe(tenantId, sourceId);
  }

  /** Address and secrets, without the secrets' text. @throws Problem `not-found` */
  describe(tenantId: string, sourceId: string): Promise<WebhookBody> {
    return this.database.read([tenantId], async (tx) => {
      const { vendor } = await this.facts(tx, tenantId, sourceId);
      const { name, secretFrom, secretCalled } = vendorTable[vendor];
      const secrets = await this.stores.webhooks.secrets(tx, tenantId, sourceId, this.writers.clock.now());
      return {
        vendor,
        name,
        url: webhookUrl(this.config.publicUrl, vendor, sourceId),
        secretFrom,
        secretCalled,
        secrets: secrets.map(({ secretId, createdAt, expiresAt }) => ({
          id: secretId,
          createdAt: createdAt.toISOString(),
          expiresAt: expiresAt?.toISOString() ?? null,
        })),
      };
    });
  }

  /** Undefined: the vendor shows it only once it knows our address. */
  private secretFor(vendor: WebhookVendor, given: string | undefined): string | undefined {
    const { scheme, secretFrom } = vendorTable[vendor];
    if (given !== undefined) {
      const fault = secretFault(scheme, given.trim());
      if (fault) throw new Problem('invalid', fault, { pointer: '/secret' });
      return given.trim();
    }
    if (secretFrom === 'vendor') return undefined;
    return scheme.secretBytes === 'whsec'
      ? `whsec_${randomBytes(32).toString('base64')}`
      : `tws_${randomBytes(24).toString('base64url')}`;
  }

  private async store(tx: Tx, tenantId: string, sourceId: string, text: string): Promise<void> {
    const now = this.writers.clock.now();
    await this.writers.repository.addSecret(tx, tenantId, sourceId, {
      id: randomUUID(),
      sealed: this.stores.seal.seal(text, ownerOf(tenantId, sourceId)),
      now,
      until: new Date(now.getTime() + this.config.keyOverlapHours * 3_600_000),
    });
  }

  private async facts(tx: Tx, tenantId: string, sourceId: string) {
    const facts = await this.stores.webhooks.facts(tx, tenantId, sourceId);
    if (!facts) throw new Problem('not-found', `There is no webhook source ${sourceId}.`);
    return facts;
  }
}

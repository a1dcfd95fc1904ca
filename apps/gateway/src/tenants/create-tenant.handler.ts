import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@tenure/platform';
import { CreateApiKeyHandler } from '../api-keys/create-api-key.handler';
import { MakeLinkHandler } from '../people/make-link.handler';
import { PeopleRepository } from '../people/people.repository';
import { AddTenantHandler } from './add-tenant.handler';
import { defaultSettings, tenantIdFrom } from './settings.domain';
import { SourcesClient } from './sources.client';

export interface NewTenant {
  readonly name: string;
  readonly id?: string;
  readonly adminEmail: string;
}

export interface CreatedTenant {
  readonly tenantId: string;
  readonly signInLink: string;
  readonly apiKey: string;
  /** Null where ingestion could not make one; the tenant is there, and its admin can make a source later. */
  readonly writeKey: string | null;
}

/** Makes a tenant with its first admin, an API key, and a first source. */
@Injectable()
export class CreateTenantHandler {
  private readonly people = new PeopleRepository();

  constructor(
    private readonly database: Database,
    private readonly addTenant: AddTenantHandler,
    private readonly links: MakeLinkHandler,
    private readonly keys: CreateApiKeyHandler,
    private readonly sources: SourcesClient,
  ) {}

  /** @throws Problem `conflict` when the id or the e-mail address is taken */
  async handle(wanted: NewTenant): Promise<CreatedTenant> {
    const tenantId =
      wanted.id ?? `${tenantIdFrom(wanted.name).slice(0, 33) || 'tenant'}-${randomBytes(3).toString('hex')}`;
    const made = await this.database.write([tenantId], (tx) => this.make(tx, tenantId, wanted));
    return { tenantId, ...made, writeKey: await this.sources.firstWriteKey(tenantId) };
  }

  private async make(tx: Tx, tenantId: string, { name, adminEmail }: NewTenant) {
    await this.addTenant.handle(tx, { id: tenantId, name, version: 1, ...defaultSettings });
    const personId = randomUUID();
    const adminName = adminEmail.split('@')[0] ?? adminEmail;
    await this.people.add(tx, tenantId, {
      id: personId,
      email: adminEmail,
      name: adminName,
      role: 'admin',
      active: true,
    });
    const key = await this.keys.handle(tx, tenantId, { name: 'First key', role: 'admin', createdBy: null });
    return { signInLink: await this.links.handle(tx, { tenantId, personId }), apiKey: key.key };
  }
}

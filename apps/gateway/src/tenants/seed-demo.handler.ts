import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, Database, type Tx } from '@tenure/platform';
import { hashSecret } from '../access/secret.handler';
import { ApiKeyRepository } from '../api-keys/api-key.repository';
import { GatewayConfig } from '../gateway.config';
import { PeopleRepository } from '../people/people.repository';
import type { Person } from '../people/person.domain';
import { hashPassword } from '../sessions/hash-password.handler';
import { LoginRepository } from '../sessions/login.repository';
import { SessionRepository } from '../sessions/session.repository';
import { AddTenantHandler } from './add-tenant.handler';
import { demo } from './demo.domain';
import { TenantReadModel } from './tenant.read-model';

/**
 * Makes the demo's tenant where TENURE_DEMO=1. Its password and key are public knowledge, so where it is not 1 they are
 * taken away again: data that a demo left behind is no open door.
 */
@Injectable()
export class SeedDemoHandler implements OnApplicationBootstrap {
  private readonly people = new PeopleRepository();
  private readonly logins = new LoginRepository();
  private readonly sessions = new SessionRepository();
  private readonly keys = new ApiKeyRepository();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: GatewayConfig,
    private readonly addTenant: AddTenantHandler,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.handle();
  }

  async handle(): Promise<void> {
    const passwordHash = this.config.demo ? await hashPassword(demo.password) : null;
    await this.database.write([demo.tenant.id], async (tx) => {
      // Two gateways that start together take turns.
      await tx.query(`select pg_advisory_xact_lock(hashtext('tenure-demo'))`);
      const known = await new TenantReadModel().one(tx, demo.tenant.id);
      if (passwordHash) await this.open(tx, known !== undefined, passwordHash);
      else if (known) await this.close(tx);
    });
  }

  private async open(tx: Tx, isKnown: boolean, passwordHash: string): Promise<void> {
    const tenantId = demo.tenant.id;
    if (!isKnown) {
      await this.addTenant.handle(tx, demo.tenant);
      for (const person of demo.people) await this.people.add(tx, tenantId, person);
    }
    await this.logins.setPassword(tx, tenantId, signsIn().id, passwordHash);
    const { keyId, key } = demo;
    await this.keys.add(tx, tenantId, {
      keyId,
      prefix: key,
      name: 'Demo',
      role: 'admin',
      secretHash: hashSecret(key),
      createdBy: null,
      createdAt: this.clock.now(),
    });
  }

  private async close(tx: Tx): Promise<void> {
    const { id } = signsIn();
    await this.logins.setPassword(tx, demo.tenant.id, id, null);
    await this.sessions.endAll(tx, demo.tenant.id, id);
    await this.keys.revoke(tx, demo.tenant.id, demo.keyId, this.clock.now());
  }
}

function signsIn(): Person {
  return demo.people[0];
}

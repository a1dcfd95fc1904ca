import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Role } from '@tenure/contracts';
import { Clock, type Tx } from '@tenure/platform';
import { hashSecret, newSecret } from '../access/secret.handler';
import { formatKey, keyPrefix } from './api-key.domain';
import { ApiKeyRepository } from './api-key.repository';

export interface CreatedKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly prefix: string;
  /** The whole key. It is nowhere else, so it cannot be shown again. */
  readonly key: string;
}

export interface KeyRequest {
  readonly name: string;
  readonly role: Role;
  /** The subject that asked for it; null: the operator. */
  readonly createdBy: string | null;
}

@Injectable()
export class CreateApiKeyHandler {
  private readonly keys = new ApiKeyRepository();

  constructor(private readonly clock: Clock) {}

  async handle(tx: Tx, tenantId: string, { name, role, createdBy }: KeyRequest): Promise<CreatedKey> {
    const keyId = randomBytes(6).toString('hex');
    const key = formatKey(keyId, newSecret());
    const prefix = keyPrefix(keyId);
    const createdAt = this.clock.now();
    await this.keys.add(tx, tenantId, { keyId, prefix, name, role, secretHash: hashSecret(key), createdBy, createdAt });
    return { id: keyId, name, role, prefix, key };
  }
}

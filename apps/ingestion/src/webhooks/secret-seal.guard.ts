import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { Problem } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';

const ivBytes = 12;
const tagBytes = 16;

/**
 * Keeps secrets so that the database alone does not give them away: AES-256-GCM with the operator's key. A sealed secret
 * is bound to its source, and opens nowhere else. Of two keys the first seals, and both open.
 */
@Injectable()
export class SecretSeal {
  constructor(private readonly config: IngestionConfig) {}

  /** @throws Problem `unavailable` where the operator gave no key */
  seal(secret: string, owner: string): string {
    const [key] = this.keys();
    if (!key) {
      throw new Problem('unavailable', 'There is no key to keep secrets with: the operator sets TENURE_SECRETS_KEY.');
    }
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return ['v1', nameOf(key), Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')].join('.');
  }

  /** Undefined where no key of ours sealed it, or somebody changed it. */
  open(sealed: string, owner: string): string | undefined {
    const [version, name, text = ''] = sealed.split('.');
    const key = this.keys().find((each) => nameOf(each) === name);
    if (version !== 'v1' || !key) return undefined;
    const bytes = Buffer.from(text, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }

  private keys(): readonly Buffer[] {
    return this.config.secretsKeys ?? [];
  }
}

/** Tells which of two keys sealed; nothing about the key itself. */
const nameOf = (key: Buffer): string => createHash('sha256').update(key).digest('base64url').slice(0, 8);

import { hash, randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { KeyedSource } from './write-key.domain';

export const keysChannel = 'tenure_write_keys';

/** 192 random bits, so a plain hash is enough: nobody finds a key by trying. */
export const newWriteKey = (): string => `twk_${randomBytes(24).toString('base64url')}`;

export const newSourceId = (): string => `src_${randomBytes(9).toString('base64url')}`;

export const hashOf = (key: string): string => hash('sha256', key, 'hex');

/** Writes the keys of sources. Every change that takes something away is told to all processes with the commit. */
@Injectable()
export class WriteKeysRepository {
  async add(
    tx: Tx,
    key: { hash: string; prefix: string; demo: boolean },
    source: KeyedSource,
    now: Date,
  ): Promise<void> {
    await tx.query(
      `insert into system.write_keys (key_hash, prefix, tenant_id, source_id, kind, mode, state, demo, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (key_hash) do nothing`,
      [key.hash, key.prefix, source.tenantId, source.sourceId, source.kind, source.mode, source.state, key.demo, now],
    );
    await this.tell(tx);
  }

  /** The source's keys so far work until `until`, those that end sooner until then. */
  async expire(tx: Tx, tenantId: string, sourceId: string, until: Date): Promise<void> {
    await tx.query(
      `update system.write_keys set expires_at = least($3, coalesce(expires_at, $3)) where tenant_id = $1 and source_id = $2`,
      [tenantId, sourceId, until],
    );
    await this.tell(tx);
  }

  async setState(tx: Tx, tenantId: string, sourceId: string, state: KeyedSource['state']): Promise<void> {
    await tx.query('update system.write_keys set state = $3 where tenant_id = $1 and source_id = $2', [
      tenantId,
      sourceId,
      state,
    ]);
    await this.tell(tx);
  }

  async used(tx: Tx, hashes: readonly string[], now: Date): Promise<void> {
    await tx.query('update system.write_keys set last_used_at = $2 where key_hash = any($1::text[])', [hashes, now]);
  }

  private async tell(tx: Tx): Promise<void> {
    await tx.query(`select pg_notify('${keysChannel}', '')`);
  }
}

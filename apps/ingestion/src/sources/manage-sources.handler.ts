import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { sourceChanged, type SourceKind, type SourceMode, type SourceState, sourceSubject } from '@tenure/contracts';
import { Clock, Database, Outbox, Problem, type Tx } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { type Source, SourcesReadModel } from './sources.read-model';
import { SourcesRepository } from './sources.repository';
import { type KeyedSource, prefixOf } from './write-key.domain';
import { hashOf, newSourceId, newWriteKey, WriteKeysRepository } from './write-keys.repository';

/** What a new source is. */
export interface NewSource {
  readonly name: string;
  readonly kind: SourceKind;
  readonly mode: SourceMode;
}

/** A source and its key, which is readable only now. */
export interface KeyedAnswer {
  readonly source: Source;
  readonly key: string;
}

/** Writes what opens a new source. */
type Arm = (tx: Tx, source: KeyedSource) => Promise<void>;

/** Where sources and their keys are written and read. */
@Injectable()
export class SourceStores {
  constructor(
    readonly sources: SourcesRepository,
    readonly keys: WriteKeysRepository,
    readonly readModel: SourcesReadModel,
  ) {}
}

/** Makes sources, changes their keys, closes imports; every change of a source goes out on `tenant-changes.v1`. */
@Injectable()
export class ManageSourcesHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: SourceStores,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
  ) {}

  async create(tenantId: string, wanted: NewSource): Promise<KeyedAnswer> {
    const key = newWriteKey();
    const source = await this.createWith(tenantId, wanted, (tx, made) => this.addKey(tx, made, { key, demo: false }));
    return { source, key };
  }

  /** A source that something else than a write key opens: `arm` writes that in the same transaction. */
  createWith(tenantId: string, wanted: NewSource, arm: Arm): Promise<Source> {
    const { kind, mode, name } = wanted;
    const source: KeyedSource = { tenantId, sourceId: newSourceId(), kind, mode, state: 'active' };
    return this.database.write([tenantId], async (tx) => {
      await this.add(tx, source, name, arm);
      return this.get(tx, tenantId, source.sourceId);
    });
  }

  /** The demo's source with its fixed key; made once. */
  async ensureDemo(source: KeyedSource, name: string, key: string): Promise<void> {
    await this.database.write([source.tenantId], (tx) =>
      this.add(tx, source, name, (inside, made) => this.addKey(inside, made, { key, demo: true })),
    );
  }

  list(tenantId: string): Promise<Source[]> {
    return this.database.read([tenantId], (tx) => this.stores.readModel.list(tx, tenantId));
  }

  /** A new key; the old one works on for the overlap. */
  rotate(tenantId: string, sourceId: string): Promise<KeyedAnswer> {
    return this.change(tenantId, sourceId, async (tx, source) => {
      if (source.state === 'revoked') throw new Problem('conflict', 'The source is revoked.');
      if (source.kind === 'webhook') throw new Problem('conflict', 'A webhook has secrets instead of a write key.');
      const now = this.clock.now();
      const key = newWriteKey();
      await this.stores.keys.expire(
        tx,
        tenantId,
        sourceId,
        new Date(now.getTime() + this.config.keyOverlapHours * 3_600_000),
      );
      const keyed: KeyedSource = { tenantId, sourceId, kind: source.kind, mode: source.mode, state: source.state };
      await this.stores.keys.add(tx, { hash: hashOf(key), prefix: prefixOf(key), demo: false }, keyed, now);
      return { source: await this.get(tx, tenantId, sourceId), key };
    });
  }

  /** No key of the source works any more, everywhere within five seconds. */
  revoke(tenantId: string, sourceId: string): Promise<Source> {
    return this.change(tenantId, sourceId, async (tx, source) => {
      if (source.state === 'revoked') return source;
      await this.stores.keys.expire(tx, tenantId, sourceId, this.clock.now());
      return this.setState(tx, tenantId, sourceId, 'revoked', null);
    });
  }

  /** Nothing is taken until it is resumed; nothing of it is forgotten. */
  pause(tenantId: string, sourceId: string): Promise<Source> {
    return this.change(tenantId, sourceId, async (tx, source) => {
      if (source.state === 'paused') return source;
      if (source.state !== 'active') throw new Problem('conflict', `The source is ${source.state}.`);
      return this.setState(tx, tenantId, sourceId, 'paused', null);
    });
  }

  resume(tenantId: string, sourceId: string): Promise<Source> {
    return this.change(tenantId, sourceId, async (tx, source) => {
      if (source.state === 'active') return source;
      if (source.state !== 'paused') throw new Problem('conflict', `The source is ${source.state}.`);
      return this.setState(tx, tenantId, sourceId, 'active', null);
    });
  }

  /** The history is complete: its accounts are evaluated once, and the source takes nothing more. */
  closeImport(tenantId: string, sourceId: string): Promise<Source> {
    return this.change(tenantId, sourceId, async (tx, source) => {
      if (source.mode !== 'import') throw new Problem('conflict', 'Only a source of mode import can be closed.');
      if (source.state !== 'active') return source;
      return this.setState(tx, tenantId, sourceId, 'closed', this.clock.now());
    });
  }

  private change<T>(tenantId: string, sourceId: string, work: (tx: Tx, source: Source) => Promise<T>): Promise<T> {
    return this.database.write([tenantId], async (tx) => {
      await this.stores.sources.lock(tx, tenantId, sourceId);
      return work(tx, await this.get(tx, tenantId, sourceId));
    });
  }

  private async add(tx: Tx, source: KeyedSource, name: string, arm: Arm): Promise<void> {
    const added = await this.stores.sources.add(tx, source, name, this.clock.now());
    if (!added) return;
    await arm(tx, source);
    await this.publish(tx, source.tenantId, await this.get(tx, source.tenantId, source.sourceId));
  }

  private async addKey(tx: Tx, source: KeyedSource, { key, demo }: { key: string; demo: boolean }): Promise<void> {
    await this.stores.keys.add(tx, { hash: hashOf(key), prefix: prefixOf(key), demo }, source, this.clock.now());
  }

  private async setState(
    tx: Tx,
    tenantId: string,
    sourceId: string,
    state: SourceState,
    closedAt: Date | null,
  ): Promise<Source> {
    await this.stores.sources.setState(tx, tenantId, sourceId, state, closedAt);
    await this.stores.keys.setState(tx, tenantId, sourceId, state);
    const source = await this.get(tx, tenantId, sourceId);
    await this.publish(tx, tenantId, source);
    return source;
  }

  private async get(tx: Tx, tenantId: string, sourceId: string): Promise<Source> {
    const source = await this.stores.readModel.byId(tx, tenantId, sourceId);
    if (!source) throw new Problem('not-found', `There is no source ${sourceId}.`);
    return source;
  }

  private async publish(tx: Tx, tenantId: string, { id, name, kind, mode, state, closedAt }: Source): Promise<void> {
    await this.outbox.add(tx, sourceChanged, {
      tenant: tenantId,
      account: sourceSubject(id),
      id: randomUUID(),
      time: this.clock.now(),
      data: { sourceId: id, name, kind, mode, state, closedAt },
    });
  }
}

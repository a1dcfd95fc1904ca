import { Injectable } from '@nestjs/common';
import type { MappingAuthor, MappingBody } from '@tenure/contracts';
import { Clock, Database, Problem, type Tx } from '@tenure/platform';

import { SourcesRepository } from '../sources/sources.repository';
import { WebhooksReadModel } from '../webhooks/webhooks.read-model';
import { WebhooksRepository } from '../webhooks/webhooks.repository';
import { checkMapping } from './check-mapping.domain';
import { defaultMapping } from './default-mappings.read-model';
import type { Mapping } from './mapping.domain';
import { MappingsReadModel } from './mappings.read-model';
import { MappingsRepository } from './mappings.repository';

const versionsShown = 50;

/** Where mappings are read and written, and their sources. */
@Injectable()
export class MappingStores {
  constructor(
    readonly readModel: MappingsReadModel,
    readonly repository: MappingsRepository,
    readonly sources: SourcesRepository,
    readonly webhooks: WebhooksReadModel,
    readonly announcements: WebhooksRepository,
  ) {}
}

/** Shows and changes the mapping of a source. A change counts everywhere within five seconds. */
@Injectable()
export class ManageMappingsHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: MappingStores,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` */
  get(tenantId: string, sourceId: string): Promise<MappingBody> {
    return this.database.read([tenantId], (tx) => this.read(tx, tenantId, sourceId));
  }

  /**
   * @param expected the version that the author saw; undefined: whatever there is now
   * @throws Problem `invalid` with a pointer for each fault, `conflict` where somebody was quicker, `not-found`
   */
  put(
    tenantId: string,
    sourceId: string,
    document: unknown,
    expected: number | undefined,
    author: MappingAuthor,
  ): Promise<MappingBody> {
    return this.change(tenantId, sourceId, validMapping(document, '/mapping'), expected, author);
  }

  /** Back to the default. @throws Problem `not-found` */
  reset(tenantId: string, sourceId: string, author: MappingAuthor): Promise<MappingBody> {
    return this.change(tenantId, sourceId, null, undefined, author);
  }

  private change(
    tenantId: string,
    sourceId: string,
    document: Mapping | null,
    expected: number | undefined,
    author: MappingAuthor,
  ): Promise<MappingBody> {
    return this.database.write([tenantId], async (tx) => {
      await this.stores.sources.lock(tx, tenantId, sourceId);
      const { version, isDefault } = await this.read(tx, tenantId, sourceId);
      if (expected !== undefined && expected !== version) {
        throw new Problem('conflict', `The mapping was changed meanwhile: it is version ${version} now.`);
      }
      if (document !== null || !isDefault) {
        const next = { version: version + 1, document, changedBy: author, changedAt: this.clock.now() };
        await this.stores.repository.add(tx, tenantId, sourceId, next);
        await this.stores.announcements.tell(tx);
      }
      return this.read(tx, tenantId, sourceId);
    });
  }

  private async read(tx: Tx, tenantId: string, sourceId: string): Promise<MappingBody> {
    const facts = await this.stores.webhooks.facts(tx, tenantId, sourceId);
    if (!facts) throw new Problem('not-found', `There is no webhook source ${sourceId}.`);
    const current = await this.stores.readModel.current(tx, tenantId, sourceId, facts.vendor);
    const versions = await this.stores.readModel.versions(tx, tenantId, sourceId, versionsShown);
    return {
      vendor: facts.vendor,
      version: current.version,
      isDefault: current.isDefault,
      mapping: { ...current.mapping },
      default: { ...defaultMapping(facts.vendor) },
      versions: versions.map(({ version, document, changedBy, changedAt }) => ({
        version,
        isDefault: document === null,
        changedBy,
        changedAt: changedAt.toISOString(),
      })),
    };
  }
}

/** @throws Problem `invalid`; pointers begin with `at`, where the mapping stands in the request */
export function validMapping(document: unknown, at: string): Mapping {
  const checked = checkMapping(document);
  if (checked.ok) return checked.mapping;
  const errors = checked.faults.map((fault) => ({ ...fault, pointer: at + fault.pointer }));
  const [first] = errors;
  throw new Problem('invalid', first?.detail ?? 'The mapping is not valid.', { pointer: first?.pointer ?? at, errors });
}
